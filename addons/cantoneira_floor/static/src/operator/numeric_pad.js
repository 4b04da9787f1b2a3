import {Component} from "@odoo/owl";

const LARGEST = 999999;

/** Big digits for a finger; the number lives with the parent. */
export class NumericPad extends Component {
    static template = "cantoneira_floor.NumericPad";
    static props = {value: Number, onChange: Function};
    digits = [7, 8, 9, 4, 5, 6, 1, 2, 3];

    type(digit) {
        const value = this.props.value * 10 + digit;
        if (value <= LARGEST) {
            this.props.onChange(value);
        }
    }

    back() {
        this.props.onChange(Math.floor(this.props.value / 10));
    }

    clear() {
        this.props.onChange(0);
    }
}
