import {Component, onMounted, useRef, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {browser} from "@web/core/browser/browser";
import {isBarcodeScannerSupported} from "@web/core/barcode/barcode_video_scanner";
import {registry} from "@web/core/registry";
import {router} from "@web/core/browser/router";
import {scanBarcode} from "@web/core/barcode/barcode_dialog";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {useService} from "@web/core/utils/hooks";

/** The gate: one pallet after the other, by camera, reader or keyboard. The server decides. */
export class Gate extends Component {
    static template = "cantoneira_dispatch.Gate";
    static props = {...standardActionServiceProps};

    setup() {
        this.orm = useService("orm");
        this.notification = useService("notification");
        this.action = useService("action");
        this.input = useRef("code");
        this.canScan = isBarcodeScannerSupported();
        this.state = useState({
            // A label read with the phone's own camera opens this page with its code typed in.
            code: this.props.action.params?.code || router.current.code || "",
            busy: false,
            answer: null,
        });
        onMounted(() => {
            // On a phone the keyboard would cover the screen.
            if (!this.canScan || !this.env.isSmall) {
                this.input.el?.focus();
            }
        });
    }

    async scan() {
        let code = "";
        try {
            code = await scanBarcode(this.env);
        } catch (error) {
            this.notification.add(
                error.message || _t("The camera cannot be used. Type the code."),
                {type: "warning"},
            );
        }
        if (code) {
            this.state.code = code;
            await this.checkOut();
        }
    }

    onKeydown(event) {
        if (event.key === "Enter") {
            this.checkOut();
        }
    }

    async checkOut() {
        const code = this.state.code.trim();
        // A double tap is one scan.
        if (!code || this.state.busy) {
            return;
        }
        this.state.busy = true;
        try {
            this.state.answer = await this.orm.call("stock.package", "check_out", [
                code,
            ]);
            this.state.code = "";
            browser.navigator.vibrate?.(
                this.state.answer.accepted ? 100 : [200, 100, 200],
            );
        } finally {
            this.state.busy = false;
        }
    }

    openDelivery() {
        this.action.doAction("cantoneira_dispatch.action_dispatch", {
            viewType: "form",
            props: {resId: this.state.answer.progress.picking_id},
        });
    }
}

registry.category("actions").add("cantoneira_dispatch.gate", Gate);
