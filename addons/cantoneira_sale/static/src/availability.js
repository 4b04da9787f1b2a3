import {
    Component,
    onWillRender,
    onWillUnmount,
    reactive,
    toRaw,
    useState,
} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {useDebounced} from "@web/core/utils/timing";
import {usePopover} from "@web/core/popover/popover_hook";
import {useService} from "@web/core/utils/hooks";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";

/** So long after the last change the server is asked. */
const PAUSE_MS = 400;

const LIGHTS = {
    ok: {icon: "fa-check-circle text-success", title: _t("In stock")},
    coming: {icon: "fa-clock-o text-warning", title: _t("On its way")},
    missing: {icon: "fa-exclamation-circle text-danger", title: _t("Missing")},
};
const UNKNOWN = {icon: "fa-circle-o text-muted", title: _t("Materials")};

/** What is known of each open order: the form's light asks, the lights of its lines read. */
const known = new WeakMap();

function knownOf(record) {
    // Each component sees the model through a proxy of its own.
    const model = toRaw(record.model);
    if (!known.has(model)) {
        known.set(model, reactive({asked: "", answer: null}));
    }
    return known.get(model);
}

/** Quotations only: what is confirmed has been promised. */
function isAsked(order) {
    return (
        order.resModel === "sale.order" && ["draft", "sent"].includes(order.data.state)
    );
}

const keyOf = (line) => String(line.resId || line.id);

/** What the server is told of a line; addons that know more of it patch this. */
export const lineDescription = {
    of(line) {
        const {product_id, product_uom_id, product_uom_qty} = line.data;
        return {
            key: keyOf(line),
            product_id: product_id?.id || false,
            product_uom_id: product_uom_id?.id || false,
            product_uom_qty: product_uom_qty || 0,
        };
    },
};

/**
 * The order's lines as they stand on the screen, those of other pages as they are saved.
 *
 * @param {Object} order the form's record
 * @param {Object} [extra] a line in its dialog, which a new one enters only when it is kept
 * @returns {Object} arguments of `get_line_needs`
 */
function question(order, extra) {
    const list = order.data.order_line;
    const shown = [...list.records];
    if (extra && !shown.some((line) => keyOf(line) === keyOf(extra))) {
        shown.push(extra);
    }
    const lines = shown.map((line) =>
        lineDescription.of(line === extra ? extra : line),
    );
    const ids = new Set(shown.map((line) => line.resId));
    for (const id of list.currentIds) {
        if (typeof id === "number" && !ids.has(id)) {
            lines.push({id});
        }
    }
    return {
        lines: lines.filter((line) => line.id || line.product_id),
        warehouse_id: order.data.warehouse_id?.id || false,
    };
}

export class MaterialsPopover extends Component {
    static template = "cantoneira_sale.MaterialsPopover";
    static props = {title: String, materials: Array, close: Function};

    light(material) {
        return LIGHTS[material.state] || UNKNOWN;
    }
}

class AvailabilityLight extends Component {
    static props = {...standardWidgetProps};

    setup() {
        this.orm = useService("orm");
        this.popover = usePopover(MaterialsPopover, {position: "bottom"});
        this.known = useState(knownOf(this.props.record));
    }

    get order() {
        return this.props.record.model.root;
    }

    get isAsked() {
        return isAsked(this.order);
    }

    ask({lines, warehouse_id}) {
        return this.orm.silent.call("sale.order", "get_line_needs", [
            lines,
            warehouse_id,
        ]);
    }
}

/** The light of the whole quotation, with its worst material. */
export class OrderAvailability extends AvailabilityLight {
    static template = "cantoneira_sale.OrderAvailability";

    setup() {
        super.setup();
        this.isHere = true;
        this.refresh = useDebounced(() => this.load(), PAUSE_MS);
        // Reading the lines here is what makes this component follow them.
        onWillRender(() => {
            this.asks = this.isAsked ? question(this.order) : null;
            if (JSON.stringify(this.asks) !== this.known.asked) {
                this.refresh();
            }
        });
        onWillUnmount(() => {
            this.isHere = false;
        });
    }

    get light() {
        return LIGHTS[this.known.answer?.state];
    }

    async load() {
        const asked = JSON.stringify(this.asks);
        if (!this.isHere || asked === this.known.asked) {
            return;
        }
        this.known.asked = asked;
        const answer = this.asks?.lines.length ? await this.ask(this.asks) : null;
        // What was typed meanwhile asks again.
        if (this.known.asked === asked) {
            this.known.answer = answer;
        }
    }

    open(ev) {
        this.popover.open(ev.currentTarget, {
            title: this.known.answer.summary,
            materials: this.known.answer.materials,
        });
    }
}

/** The light of one line; opened, it asks anew with what stands on the screen. */
export class LineAvailability extends AvailabilityLight {
    static template = "cantoneira_sale.LineAvailability";

    get needs() {
        return this.known.answer?.lines[keyOf(this.props.record)];
    }

    get isShown() {
        const {display_type, product_id, product_type} = this.props.record.data;
        return this.isAsked && !display_type && product_id && product_type === "consu";
    }

    get light() {
        return LIGHTS[this.needs?.state] || UNKNOWN;
    }

    async open(ev) {
        const target = ev.currentTarget;
        const {record} = this.props;
        const answer = await this.ask(question(this.order, record));
        const needs = answer.lines[keyOf(record)];
        this.popover.open(target, {
            title: needs?.state
                ? LIGHTS[needs.state].title.toString()
                : _t("Nothing from stock"),
            materials: needs?.materials || [],
        });
    }
}

registry.category("view_widgets").add("cantoneira_order_availability", {
    component: OrderAvailability,
    fieldDependencies: [
        {name: "state", type: "selection"},
        {name: "warehouse_id", type: "many2one"},
    ],
});
registry.category("view_widgets").add("cantoneira_line_availability", {
    component: LineAvailability,
    listViewWidth: 24,
    fieldDependencies: [
        {name: "display_type", type: "selection"},
        {name: "product_id", type: "many2one"},
        {name: "product_type", type: "selection"},
        {name: "product_uom_id", type: "many2one"},
        {name: "product_uom_qty", type: "float"},
    ],
});
