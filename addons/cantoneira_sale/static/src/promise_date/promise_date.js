import {Component, onWillDestroy, useState} from "@odoo/owl";
import {deserializeDateTime, formatDate} from "@web/core/l10n/dates";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {useRecordObserver} from "@web/model/relational_model/utils";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";

const LINE_FIELDS = ["product_uom_qty", "piece_qty", "piece_length_mm"];

/**
 * The date an order can be promised for and why, beside the promised date.
 *
 * It asks when a saved order opens and after each save, never while somebody types: lines that are
 * not saved yet are calculated when the button is pressed. The form's onchange stays as it is.
 */
export class PromiseDate extends Component {
    static template = "cantoneira_sale.PromiseDate";
    static props = {...standardWidgetProps};

    setup() {
        this.orm = useService("orm");
        this.state = useState({promise: null, busy: false, stale: false});
        this.asked = 0;
        useRecordObserver((record) => this.follow(record));
        onWillDestroy(() => {
            this.asked = -1;
        });
    }

    /** Ask for what is saved; say that the rest is not counted yet. */
    follow(record) {
        // Named, so that the observer hears of them.
        const {resId, dirty} = record;
        const {write_date: saved, state} = record.data;
        if (resId && !dirty) {
            const version = `${resId} ${saved} ${state}`;
            if (version !== this.version) {
                this.version = version;
                // Not awaited: the form does not wait for it.
                this.load();
            }
        } else {
            this.state.stale = true;
        }
    }

    get record() {
        return this.props.record;
    }

    get isSaved() {
        return this.record.resId && !this.record.dirty;
    }

    get isConfirmed() {
        return this.record.data.state === "sale";
    }

    get date() {
        const {date} = this.state.promise;
        return date && formatDate(deserializeDateTime(date));
    }

    get differs() {
        const {date} = this.state.promise;
        const promised = this.record.data.commitment_date;
        return Boolean(date && promised && formatDate(promised) !== this.date);
    }

    get isTooEarly() {
        const {date} = this.state.promise;
        const typed = this.record.data.commitment_date;
        return Boolean(
            date &&
                typed &&
                typed.startOf("day") < deserializeDateTime(date).startOf("day"),
        );
    }

    /** The lines as they stand on the form. */
    values() {
        const {
            order_line: lines,
            warehouse_id: warehouse,
            carrier_id: carrier,
        } = this.record.data;
        return {
            warehouse_id: warehouse?.id || false,
            carrier_id: carrier?.id || false,
            lines: lines.records
                .filter(({data}) => data.product_id && !data.display_type)
                .map(({data}) => ({
                    product_id: data.product_id.id,
                    ...(data.product_uom_id
                        ? {product_uom_id: data.product_uom_id.id}
                        : {}),
                    ...Object.fromEntries(
                        LINE_FIELDS.map((name) => [name, data[name] || 0]),
                    ),
                })),
        };
    }

    async load() {
        const asked = ++this.asked;
        this.state.busy = true;
        try {
            const promise = this.isSaved
                ? (
                      await this.orm.silent.call("sale.order", "get_promise", [
                          [this.record.resId],
                      ])
                  )[0]
                : await this.orm.silent.call("sale.order", "promise_date", [
                      this.values(),
                  ]);
            if (asked === this.asked) {
                Object.assign(this.state, {promise, stale: false});
            }
        } finally {
            if (asked === this.asked) {
                this.state.busy = false;
            }
        }
    }

    async update() {
        await this.orm.call("sale.order", "action_update_promise", [
            [this.record.resId],
        ]);
        await this.record.load();
        await this.load();
    }
}

registry.category("view_widgets").add("cantoneira_promise_date", {
    component: PromiseDate,
    fieldDependencies: [
        {name: "state", type: "selection"},
        {name: "write_date", type: "datetime"},
        {name: "commitment_date", type: "datetime"},
        {name: "warehouse_id", type: "many2one"},
        {name: "carrier_id", type: "many2one"},
    ],
});
