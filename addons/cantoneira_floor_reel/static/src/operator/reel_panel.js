import {Component, useState} from "@odoo/owl";
import {useBus, useService} from "@web/core/utils/hooks";
import {DecimalPad} from "@cantoneira_floor/operator/decimal_pad";
import {formatFloat} from "@web/core/utils/numbers";
import {scanBarcode} from "@web/core/barcode/barcode_dialog";
import {usePanelInView} from "@cantoneira_floor/operator/panel_in_view";

/**
 * The unwinders of a line and their reels. A finger on an empty one mounts a reel: scanned, typed
 * or one of those proposed; on another one it is weighed back.
 */
export class ReelPanel extends Component {
    static template = "cantoneira_floor_reel.ReelPanel";
    static components = {DecimalPad};
    static props = {
        order: Object,
        busy: Boolean,
        // Whether no other panel of the screen is open.
        open: Boolean,
        onToggle: Function,
        onMount: Function,
        onWeighBack: Function,
        onMessage: Function,
    };

    setup() {
        this.state = useState({unwinder: null, code: "", weighing: false, text: ""});
        usePanelInView(() => [this.unwinder?.id, this.question]);
        useBus(useService("barcode").bus, "barcode_scanned", ({detail}) =>
            this.scanned(detail.barcode),
        );
    }

    get unwinder() {
        const {unwinders} = this.props.order;
        const chosen = this.props.open ? this.state.unwinder : null;
        return unwinders.find(({id}) => id === chosen);
    }

    get quantity() {
        return Number(this.state.text);
    }

    get question() {
        return this.props.order.mount_question;
    }

    /** Reels to tap, and of which paper. */
    get proposals() {
        return this.props.order.papers.flatMap((paper) =>
            paper.reels.map((reel) => ({...reel, paper: paper.name})),
        );
    }

    number(value, digits = 3) {
        return formatFloat(value, {digits: [16, digits], trailingZeros: false});
    }

    toggle(unwinder) {
        const same = this.unwinder === unwinder;
        Object.assign(this.state, {
            unwinder: same ? null : unwinder.id,
            code: "",
            weighing: false,
            text: "",
        });
        this.props.onToggle(!same);
    }

    async scan() {
        let code = "";
        try {
            code = await scanBarcode(this.env);
        } catch (error) {
            this.props.onMessage(error.message);
        }
        if (code) {
            await this.mount(code);
        }
    }

    /** A scanner that types: onto the unwinder chosen, else the first empty one. */
    async scanned(code) {
        const {busy, order} = this.props;
        if (busy) {
            return;
        }
        const mounted = order.unwinders.find(({reel}) => reel && reel.name === code);
        const target =
            mounted ||
            (this.unwinder && !this.unwinder.reel && this.unwinder) ||
            order.unwinders.find(({reel}) => !reel);
        if (target && target !== this.unwinder) {
            this.toggle(target);
        }
        if (target && !mounted) {
            await this.mount(code);
        }
    }

    mount(code, anyway = false) {
        const weighed = this.state.weighing && this.state.text;
        const weight = weighed ? Number(this.state.text) : false;
        return this.props.onMount(this.unwinder.id, code, weight, anyway);
    }

    mountAnyway() {
        const {unwinder, code, weight} = this.question;
        return this.props.onMount(unwinder, code, weight, true);
    }

    weighBack(weight) {
        return this.props.onWeighBack(this.unwinder.id, weight);
    }
}
