import {Component, useState} from "@odoo/owl";
import {DecimalPad} from "./decimal_pad";
import {formatFloat} from "@web/core/utils/numbers";

/** What finishing consumes of each material; a finger on one types the kilograms instead. */
export class MaterialPanel extends Component {
    static template = "cantoneira_floor.MaterialPanel";
    static components = {DecimalPad};
    static props = {materials: Array, busy: Boolean, onConsume: Function};

    setup() {
        this.state = useState({material: null, text: ""});
    }

    number(value) {
        return formatFloat(value, {digits: [16, 3], trailingZeros: false});
    }

    toggle(material) {
        const {id} = material;
        Object.assign(this.state, {
            material: this.state.material === id ? null : id,
            text: "",
        });
    }

    async record(material) {
        await this.props.onConsume(material.id, Number(this.state.text));
        this.state.material = null;
    }
}
