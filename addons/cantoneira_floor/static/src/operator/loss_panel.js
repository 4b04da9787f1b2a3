import {Component, useState} from "@odoo/owl";
import {DecimalPad} from "./decimal_pad";

/** How much of which material was lost, and why. */
export class LossPanel extends Component {
    static template = "cantoneira_floor.LossPanel";
    static components = {DecimalPad};
    static props = {order: Object, busy: Boolean, onLoss: Function};

    setup() {
        const [only, ...others] = this.props.order.materials;
        this.state = useState({
            material: only && !others.length ? only.id : null,
            text: "",
        });
    }

    get material() {
        return this.props.order.materials.find(({id}) => id === this.state.material);
    }

    get quantity() {
        return Number(this.state.text);
    }

    choose(cause) {
        this.props.onLoss(this.material.product_id, this.quantity, cause.id);
    }
}
