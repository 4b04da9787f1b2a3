import {Component, onMounted, onWillDestroy, useRef, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {browser} from "@web/core/browser/browser";
import {formatFloat} from "@web/core/utils/numbers";
import {isBarcodeScannerSupported} from "@web/core/barcode/barcode_video_scanner";
import {registry} from "@web/core/registry";
import {scanBarcode} from "@web/core/barcode/barcode_dialog";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {useService} from "@web/core/utils/hooks";
import {useSetupAction} from "@web/search/action_hook";

/** Scanners type fast, people slowly: ask when nothing was typed for so long. */
const PAUSE = 400;

/** One box: scan or type, see where it is and how much, and do something with it. */
export class FindScreen extends Component {
    static template = "cantoneira_reel.FindScreen";
    static props = {...standardActionServiceProps};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.box = useRef("box");
        this.camera = isBarcodeScannerSupported();
        this.state = useState({
            text: this.props.state?.text || "",
            asked: "",
            things: [],
            more: false,
        });
        this.timer = null;
        useSetupAction({getLocalState: () => ({text: this.state.text})});
        onMounted(() => {
            this.box.el.focus();
            this.find();
        });
        onWillDestroy(() => browser.clearTimeout(this.timer));
    }

    // ------------------------------------------------------------ asking
    onInput() {
        browser.clearTimeout(this.timer);
        this.timer = browser.setTimeout(() => this.find(), PAUSE);
    }

    onKey(event) {
        if (event.key === "Enter") {
            event.preventDefault();
            this.find();
            // The next scan replaces this one.
            this.box.el.select();
        }
    }

    async scan() {
        const code = await scanBarcode(this.env);
        if (code) {
            this.state.text = code;
            await this.find();
        }
    }

    async find() {
        browser.clearTimeout(this.timer);
        const {text} = this.state;
        const answer = await this.orm.call("cantoneira.find", "find", [text]);
        // What was typed meanwhile is being asked for already.
        if (text === this.state.text) {
            Object.assign(this.state, answer, {asked: text.trim()});
        }
    }

    get unknown() {
        return _t(
            "Nothing is called “%s”. Scan the label again, or type part of the name.",
            this.state.asked,
        );
    }

    hidden(thing) {
        return _t("and %s places more", thing.hidden);
    }

    number(value, digits = 3) {
        return formatFloat(value, {digits: [16, digits], trailingZeros: false});
    }

    // ------------------------------------------------------------ doing
    async act(model, method, ...args) {
        const action = await this.orm.call(model, method, args);
        await this.action.doAction(action, {onClose: () => this.find()});
    }
}

registry.category("actions").add("cantoneira_find", FindScreen);
