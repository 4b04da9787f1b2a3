import {reactive} from "@odoo/owl";

const MODEL = "cantoneira.plan.draft";

/**
 * What was moved on the board and is not saved: the sequence of each line touched, one step after
 * the other, and what the server says it would do.
 */
export class PlanDraft {
    constructor(orm) {
        this.orm = orm;
        this.canPlan = false;
        this.lines = [];
        // Sentences about lines whose dates do not hold any more.
        this.drift = [];
        // Each step is {line id: [order ids]}; the last one is the draft.
        this.steps = [];
        this.effects = [];
        this.busy = false;
    }

    static create(orm) {
        return reactive(new PlanDraft(orm));
    }

    /** The queues as they are now; what was drafted is dropped. */
    async read() {
        const {can_plan, lines, drift} = await this.orm.call(MODEL, "plan_read", []);
        this.canPlan = can_plan;
        this.lines = lines;
        this.drift = drift;
        this.drop();
    }

    drop() {
        this.steps = [];
        this.effects = [];
    }

    // ------------------------------------------------------------ what it is now
    get isDirty() {
        return this.steps.length > 0;
    }

    get current() {
        return this.steps.at(-1) || {};
    }

    get effect() {
        return this.effects.at(-1) || null;
    }

    line(lineId) {
        return this.lines.find(({id}) => id === lineId);
    }

    /** Orders of a line that have not started, as drafted. */
    waiting(lineId) {
        return this.current[lineId] || this.line(lineId)?.waiting || [];
    }

    lineOf(orderId) {
        return this.lines.find(({id}) => this.waiting(id).includes(orderId));
    }

    isWaiting(orderId) {
        return Boolean(this.lineOf(orderId));
    }

    /** [start, end, late] of an order as drafted, or undefined. */
    dates(orderId) {
        return this.effect?.dates[orderId];
    }

    get seen() {
        const lines = this.lines.map(({id, running, waiting}) => [
            id,
            {running, waiting},
        ]);
        return Object.fromEntries(lines);
    }

    // ------------------------------------------------------------ moving
    /** Put an order behind another one of a line, or in front of all (afterId 0). */
    async move(orderId, lineId, afterId) {
        const source = this.lineOf(orderId);
        if (!source || !this.line(lineId) || orderId === afterId) {
            return;
        }
        const without = (ids) => ids.filter((id) => id !== orderId);
        const target = without(this.waiting(lineId));
        target.splice(target.indexOf(afterId) + 1, 0, orderId);
        const draft = {
            ...this.current,
            [source.id]: without(this.waiting(source.id)),
            [lineId]: target,
        };
        const same = String(draft[lineId]) === String(this.waiting(lineId));
        if (source.id !== lineId || !same) {
            await this.step(draft);
        }
    }

    /** The sequence as it is, with dates from now on. */
    renew() {
        return this.step(this.all());
    }

    all() {
        return Object.fromEntries(this.lines.map(({id}) => [id, this.waiting(id)]));
    }

    async group() {
        await this.exclusively(async () => {
            const {draft, effect} = await this.orm.call(MODEL, "plan_group", [
                this.all(),
                this.seen,
            ]);
            this.steps.push(draft);
            this.effects.push(effect);
        });
    }

    /** The card is shown where it was put at once, its effect when the server has told it. */
    async step(draft) {
        await this.exclusively(async () => {
            this.steps.push(draft);
            try {
                this.effects.push(
                    await this.orm.call(MODEL, "plan_preview", [draft, this.seen]),
                );
            } catch (error) {
                this.steps.pop();
                throw error;
            }
        });
    }

    undo() {
        this.steps.pop();
        this.effects.pop();
    }

    async apply() {
        await this.exclusively(async () => {
            await this.orm.call(MODEL, "plan_apply", [this.current, this.seen]);
        });
    }

    async exclusively(action) {
        if (this.busy) {
            return;
        }
        this.busy = true;
        try {
            await action();
        } finally {
            this.busy = false;
        }
    }
}
