import {ConfirmationDialog} from "@web/core/confirmation_dialog/confirmation_dialog";
import {Component, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";
import {useService} from "@web/core/utils/hooks";

/** What the form holds that a look-up could fill in. */
const FIELDS = [
    "name",
    "trade_name",
    "street",
    "street2",
    "city",
    "state_id",
    "zip",
    "country_id",
    "phone",
    "email",
];
/** The field that holds the number each service is asked about. */
const NUMBER_FIELDS = {cnpj: "vat", cep: "zip"};

/**
 * A small button beside CNPJ or CEP: asks the company's service and fills in what is empty. What
 * somebody typed is replaced only after the differences were read and accepted. The contact need
 * not be saved before, and can always be saved, whatever the service does.
 */
export class LookupButton extends Component {
    static template = "cantoneira_br.LookupButton";
    static props = {...standardWidgetProps, service: {type: String}};

    setup() {
        this.orm = useService("orm");
        this.dialog = useService("dialog");
        this.notification = useService("notification");
        this.state = useState({asking: false});
    }

    get title() {
        return this.props.service === "cnpj"
            ? _t("Fill in name and address from the CNPJ")
            : _t("Fill in the address from the CEP");
    }

    async onClick() {
        if (this.state.asking) {
            return;
        }
        this.state.asking = true;
        try {
            // The field may still hold the cursor: what is in it counts.
            await this.props.record.isDirty();
            await this.fillIn(await this.ask());
        } finally {
            this.state.asking = false;
        }
    }

    ask() {
        const {data} = this.props.record;
        const typed = {};
        for (const name of FIELDS) {
            const value = data[name];
            typed[name] = value && typeof value === "object" ? value.id : value;
        }
        const number = data[NUMBER_FIELDS[this.props.service]];
        return this.orm.call("res.partner", "br_look_up", [
            this.props.service,
            number || "",
            typed,
        ]);
    }

    async fillIn({fill, replace, question, message}) {
        if (message) {
            this.notification.add(message, {type: "warning"});
        }
        if (Object.keys(fill).length) {
            await this.props.record.update(fill);
        }
        if (question.length) {
            this.dialog.add(ConfirmationDialog, {
                title: _t("Replace what is filled in?"),
                body: question.join("\n"),
                confirmLabel: _t("Replace"),
                cancelLabel: _t("Keep what I typed"),
                confirm: () => this.props.record.update(replace),
                cancel: () => undefined,
            });
        }
    }
}

export const lookupButton = {
    component: LookupButton,
    extractProps: ({attrs}) => ({service: attrs.service}),
    fieldDependencies: FIELDS.filter((name) => !name.endsWith("_id")).map((name) => ({
        name,
        type: "char",
    })),
};

registry.category("view_widgets").add("cantoneira_lookup", lookupButton);
