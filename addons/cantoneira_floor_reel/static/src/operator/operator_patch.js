import {OperatorScreen} from "@cantoneira_floor/operator/operator";
import {ReelPanel} from "./reel_panel";
import {patch} from "@web/core/utils/patch";

OperatorScreen.components = {...OperatorScreen.components, ReelPanel};

patch(OperatorScreen.prototype, {
    toggleReels(open) {
        Object.assign(this.state, {panel: open ? "reel" : "", message: ""});
    },

    /** Where the server asks first, the panel stays open with its question. */
    async mountReel(unwinder, code, weight, anyway) {
        await this.act("floor_mount", unwinder, code, weight, anyway);
        if (this.state.message || this.state.order.mount_question) {
            this.state.panel = "reel";
        }
    },

    async weighReelBack(unwinder, weight) {
        await this.act("floor_weigh_back", unwinder, weight);
        if (this.state.message) {
            this.state.panel = "reel";
        }
    },

    tell(message) {
        this.state.message = message;
    },
});
