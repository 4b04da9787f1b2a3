import {Component} from "@odoo/owl";
import {localization} from "@web/core/l10n/localization";

const MOST_DIGITS = 6;
const MOST_DECIMALS = 3;

/** Digits and the decimal sign for a finger; the text ("12.5", as numbers are written) lives with the parent. */
export class DecimalPad extends Component {
    static template = "cantoneira_floor.DecimalPad";
    static props = {
        value: String,
        onChange: Function,
        unit: {type: String, optional: true},
    };
    digits = [7, 8, 9, 4, 5, 6, 1, 2, 3];
    point = localization.decimalPoint;

    get shown() {
        return (this.props.value || "0").replace(".", this.point);
    }

    type(digit) {
        const value = this.props.value === "0" ? "" : this.props.value;
        const [whole, decimals] = value.split(".");
        const room =
            decimals === undefined
                ? whole.length < MOST_DIGITS
                : decimals.length < MOST_DECIMALS;
        if (room) {
            this.props.onChange(value + digit);
        }
    }

    typePoint() {
        const {value} = this.props;
        if (!value.includes(".")) {
            this.props.onChange((value || "0") + ".");
        }
    }

    back() {
        this.props.onChange(this.props.value.slice(0, -1));
    }

    clear() {
        this.props.onChange("");
    }
}
