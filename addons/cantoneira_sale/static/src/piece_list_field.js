import {useDebounced} from "@web/core/utils/timing";
import {useEffect} from "@odoo/owl";
import {useHotkey} from "@web/core/hotkeys/hotkey_hook";
import {pick} from "@web/core/utils/objects";
import {registry} from "@web/core/registry";
import {TextField, textField} from "@web/views/fields/text/text_field";

/** So long after the last key the preview is asked for. */
const PAUSE_MS = 250;

/**
 * A text that is previewed while it is typed, and sent with Ctrl+Enter: the option `submit` names
 * the form's method.
 */
export class PieceListField extends TextField {
    static props = {...TextField.props, submit: {type: String, optional: true}};
    static defaultProps = {...TextField.defaultProps, rowCount: 6};

    setup() {
        super.setup();
        const preview = useDebounced(() => this.commit(), PAUSE_MS);
        useEffect(
            (textarea) => {
                if (!textarea) {
                    return;
                }
                textarea.spellcheck = false;
                textarea.autocapitalize = "off";
                textarea.addEventListener("input", preview);
                return () => textarea.removeEventListener("input", preview);
            },
            () => [this.textareaRef.el],
        );
        useHotkey("control+enter", () => this.submit(), {
            bypassEditableProtection: true,
            area: () => this.textareaRef.el,
        });
    }

    get minimumHeight() {
        return 150;
    }

    async commit() {
        const {name, record} = this.props;
        const value = this.textareaRef.el?.value;
        if (value !== undefined && value !== (record.data[name] || "")) {
            await record.update({[name]: value});
        }
    }

    async submit() {
        if (!this.props.submit) {
            return;
        }
        await this.commit();
        this.env.onClickViewButton({
            clickParams: {name: this.props.submit, type: "object"},
            getResParams: () =>
                pick(
                    this.props.record,
                    "context",
                    "evalContext",
                    "resModel",
                    "resId",
                    "resIds",
                ),
        });
    }
}

registry.category("fields").add("cantoneira_piece_list", {
    ...textField,
    component: PieceListField,
    extractProps: (info) => ({
        ...textField.extractProps(info),
        submit: info.options.submit,
    }),
});
