import {Component, onWillDestroy, onWillStart, useState} from "@odoo/owl";
import {ConnectionLostError, RPCError} from "@web/core/network/rpc";
import {deserializeDateTime, formatDate, formatDateTime} from "@web/core/l10n/dates";
import {LossPanel} from "./loss_panel";
import {MaterialPanel} from "./material_panel";
import {NumericPad} from "./numeric_pad";
import {Sender} from "./sender";
import {browser} from "@web/core/browser/browser";
import {formatFloat} from "@web/core/utils/numbers";
import {registry} from "@web/core/registry";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {usePanelInView} from "./panel_in_view";
import {useService} from "@web/core/utils/hooks";

const MACHINE = "cantoneira_floor.machine";
const REFRESH = 20000;

/** The operator's screen: my line, its queue, one order big. Made for a tablet and fingers. */
export class OperatorScreen extends Component {
    static template = "cantoneira_floor.OperatorScreen";
    static components = {LossPanel, MaterialPanel, NumericPad};
    static props = {...standardActionServiceProps};

    setup() {
        this.orm = useService("orm");
        this.alive = true;
        this.state = useState({
            machines: [],
            machineId: null,
            orders: [],
            // Whether the queue of this line is known.
            loaded: false,
            reasons: {stop: [], scrap: [], difference: []},
            order: null,
            // Pieces on the screen, not recorded yet.
            draft: 0,
            scrap: 0,
            // "", "pad", "pause", "scrap", "loss", "finish", "drawing"
            panel: "",
            question: "",
            // Nothing makes what is missing; why, where that has to be said.
            short: false,
            why: "",
            message: "",
            busy: false,
            offline: false,
        });
        usePanelInView(() => [this.state.panel, this.state.question]);
        this.sender = new Sender(this.orm, {
            onOffline: (offline) => {
                this.state.offline = offline;
            },
            isAlive: () => this.alive,
        });
        onWillStart(() => this.begin());
        const timer = browser.setInterval(() => this.refresh(), REFRESH);
        onWillDestroy(() => {
            this.alive = false;
            browser.clearInterval(timer);
        });
    }

    async begin() {
        this.state.machines = await this.orm.call(
            "mrp.production",
            "floor_machines",
            [],
        );
        const remembered = Number(browser.localStorage.getItem(MACHINE) ?? NaN);
        const {machines} = this.state;
        const known = machines.find((machine) => machine.id === remembered);
        const mine = known || (machines.length === 1 ? machines[0] : null);
        if (mine) {
            await this.chooseMachine(mine.id);
        }
        const {pending} = this.sender;
        if (pending) {
            // Not awaited: the screen shows that it is being sent.
            this.finishSending(() => this.sender.deliver(pending));
        }
    }

    // ------------------------------------------------------------ what is shown
    get currentMachine() {
        return this.state.machines.find(({id}) => id === this.state.machineId);
    }

    get isDirty() {
        return Boolean(this.state.order && this.state.draft !== this.state.order.made);
    }

    get percent() {
        const {draft, order} = this.state;
        return order.pieces
            ? Math.min(100, Math.round((100 * draft) / order.pieces))
            : 0;
    }

    get next() {
        return this.state.orders.find(({id}) => id !== this.state.order?.id);
    }

    date(value) {
        return value ? formatDate(deserializeDateTime(value)) : "";
    }

    moment(value) {
        return value ? formatDateTime(deserializeDateTime(value)) : "";
    }

    number(value) {
        return formatFloat(value, {digits: [16, 2], trailingZeros: false});
    }

    // ------------------------------------------------------------ choosing
    async chooseMachine(id) {
        browser.localStorage.setItem(MACHINE, String(id));
        Object.assign(this.state, {
            machineId: id,
            // Not those of the line before, until this one's are known.
            orders: [],
            loaded: false,
            order: null,
            panel: "",
            message: "",
        });
        await this.guarded(() => this.load());
        const [first] = this.state.orders;
        if (first && first.state !== "waiting") {
            await this.open(first.id);
        }
    }

    async leaveMachine() {
        browser.localStorage.removeItem(MACHINE);
        Object.assign(this.state, {
            machineId: null,
            order: null,
            panel: "",
            message: "",
        });
        this.state.machines = await this.orm.call(
            "mrp.production",
            "floor_machines",
            [],
        );
    }

    async open(id) {
        if (this.state.busy) {
            return;
        }
        this.state.message = "";
        await this.guarded(async () => this.show(await this.read(id)));
    }

    read(id) {
        return this.orm.silent.call("mrp.production", "floor_read", [[id]]);
    }

    show(order) {
        Object.assign(this.state, {order, draft: order.made, panel: "", question: ""});
    }

    async load() {
        const machineId = this.state.machineId;
        const queue = await this.orm.silent.call("mrp.production", "floor_queue", [
            machineId,
        ]);
        if (machineId === this.state.machineId) {
            Object.assign(this.state, queue, {loaded: true});
        }
    }

    /** What others did meanwhile; never under somebody's finger. */
    async refresh() {
        const {machineId, busy, panel, order} = this.state;
        if (machineId === null || busy || panel || this.isDirty) {
            return;
        }
        await this.guarded(async () => {
            await this.load();
            if (order && order.state !== "done") {
                const fresh = await this.read(order.id);
                const same = this.state.order?.id === fresh.id;
                if (same && !this.isDirty && !this.state.busy && !this.state.panel) {
                    this.show(fresh);
                }
            }
            this.state.offline = false;
        });
    }

    /** A read that fails leaves the screen as it is, and says why. */
    async guarded(act) {
        try {
            await act();
        } catch (error) {
            if (error instanceof ConnectionLostError) {
                this.state.offline = true;
            } else if (error instanceof RPCError) {
                this.state.message = error.data?.message || error.message;
            } else {
                throw error;
            }
        }
    }

    // ------------------------------------------------------------ doing
    async act(method, ...args) {
        if (!this.state.busy) {
            const {id} = this.state.order;
            await this.finishSending(() => this.sender.send(method, id, args));
        }
    }

    async finishSending(deliver) {
        this.state.busy = true;
        this.state.message = "";
        let answer = null;
        await this.guarded(async () => {
            answer = await deliver();
        });
        if (!this.alive) {
            return;
        }
        const {order} = this.state;
        await this.guarded(async () => {
            if (this.state.machineId !== null) {
                await this.load();
            }
            if (answer && (!order || answer.id === order.id)) {
                this.show(answer);
            } else if (!answer && order) {
                this.show(await this.read(order.id));
            }
        });
        if (answer?.question) {
            this.state.question = answer.question;
            this.state.panel = "finish";
        }
        this.state.busy = false;
    }

    start() {
        return this.act("floor_start");
    }

    resume() {
        return this.act("floor_resume");
    }

    pause(reason) {
        return this.act("floor_pause", reason.id);
    }

    record() {
        return this.act("floor_count", this.state.draft, this.state.order.made);
    }

    async scrap(reason) {
        if (this.state.scrap > 0) {
            await this.act("floor_scrap", this.state.scrap, reason.id);
            this.state.scrap = 0;
        }
    }

    loss(material, quantity, cause) {
        return this.act("floor_loss", material, quantity, cause);
    }

    /** Typed kilograms; the question whether to finish stays open. */
    async consume(move, quantity) {
        await this.act("floor_consume", move, quantity);
        this.state.panel = "finish";
    }

    /** With a reason, where the server asked for one. */
    finish(reason) {
        return this.act(
            "floor_finish",
            this.state.order.made,
            reason?.id || false,
            this.state.short,
            this.state.why,
        );
    }

    /** With the pieces made and no rest; what it consumed may be asked all the same. */
    finishShort() {
        if (this.state.order.closing.why && !this.state.short) {
            // First it is written why.
            this.state.short = true;
            return null;
        }
        this.state.short = true;
        return this.finish();
    }

    get mustSayWhy() {
        const {order, short, why} = this.state;
        return short && order.closing.why && !why.trim();
    }

    add(pieces) {
        this.state.draft = Math.max(0, this.state.draft + pieces);
    }

    toggle(panel) {
        Object.assign(this.state, {
            panel: this.state.panel === panel ? "" : panel,
            scrap: 0,
            question: "",
            short: false,
            why: "",
            message: "",
        });
    }
}

registry.category("actions").add("cantoneira_floor.operator", OperatorScreen);
