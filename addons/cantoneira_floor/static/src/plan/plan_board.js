import {onWillStart, useEffect, useState, useSubEnv} from "@odoo/owl";
import {ConfirmationDialog} from "@web/core/confirmation_dialog/confirmation_dialog";
import {KanbanController} from "@web/views/kanban/kanban_controller";
import {KanbanRenderer} from "@web/views/kanban/kanban_renderer";
import {PlanDraft} from "./plan_draft";
import {_t} from "@web/core/l10n/translation";
import {kanbanView} from "@web/views/kanban/kanban_view";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";

const LINE = "machine_id";

/** Whether the columns are production lines: only then a place in a column is one in a queue. */
const isByLine = (list) => list.isGrouped && list.groupByField.name === LINE;

/** Show the cards of the lines' columns as drafted; what is not loaded stays unseen. */
function arrange(list, plan) {
    if (!isByLine(list)) {
        return;
    }
    const open = list.groups.filter(
        (group) => !group.isFolded && plan.line(group.value || 0),
    );
    const records = new Map();
    for (const group of open) {
        for (const record of group.list.records) {
            records.set(record.resId, record);
        }
    }
    const known = new Set(
        plan.lines.flatMap(({id, running}) => [...running, ...plan.waiting(id)]),
    );
    for (const group of open) {
        const line = plan.line(group.value || 0);
        const before = group.list.records;
        const cards = [...line.running, ...plan.waiting(line.id)]
            .map((id) => records.get(id))
            .filter(Boolean);
        cards.push(...before.filter(({resId}) => !known.has(resId)));
        const more = cards.length - before.length;
        if (more || cards.some((record, index) => record !== before[index])) {
            group.list.records = cards;
            group.list.count += more;
            group.count += more;
        }
    }
}

export class PlanRenderer extends KanbanRenderer {
    setup() {
        super.setup();
        this.plan = useState(this.env.plan);
        useEffect(
            () => arrange(this.props.list, this.plan),
            () => [this.props.list, this.plan.lines, this.plan.steps.length],
        );
    }

    get canResequenceRecords() {
        return this.plan.canPlan && isByLine(this.props.list);
    }

    get canMoveRecords() {
        return this.canResequenceRecords;
    }

    async loadMore(group) {
        await super.loadMore(group);
        arrange(this.props.list, this.plan);
    }

    /** A card is dropped: it is drafted, nothing is written. */
    async sortRecordDrop(dataRecordId, dataGroupId, {element, parent, previous}) {
        const entered = parent.classList.contains("o_kanban_hover");
        if (!entered && parent.dataset.id !== element.parentElement.dataset.id) {
            return;
        }
        parent.classList.remove("o_kanban_hover");
        const {groups, records} = this.props.list;
        const record = records.find(({id}) => id === dataRecordId);
        const group = groups.find(({id}) => id === parent.dataset.id);
        if (!record || !group) {
            return;
        }
        let card = previous;
        while (card && !card.dataset.id) {
            card = card.previousElementSibling;
        }
        const cards = group.isFolded ? [] : group.list.records;
        const before = card && cards.find(({id}) => id === card.dataset.id);
        await this.env.movePlanned(record, group.value || 0, before?.resId);
    }
}

export class PlanController extends KanbanController {
    static template = "cantoneira_floor.PlanBoard";

    setup() {
        super.setup();
        this.notification = useService("notification");
        this.plan = useState(PlanDraft.create(useService("orm")));
        useSubEnv({plan: this.plan, movePlanned: this.movePlanned.bind(this)});
        onWillStart(() => this.plan.read());
    }

    /** Put a card behind another visible one, or in front of the first (no beforeId). */
    async movePlanned(record, lineId, beforeId) {
        const {plan} = this;
        if (!plan.isWaiting(record.resId)) {
            this.notification.add(_t("What runs on a line keeps its place."), {
                type: "warning",
            });
            return;
        }
        const waiting = plan.waiting(lineId);
        let afterId = beforeId || 0;
        if (!waiting.includes(afterId)) {
            // In front of the first card that is seen, where a filter hides others.
            const group = this.model.root.groups.find(
                ({value}) => (value || 0) === lineId,
            );
            const shown = new Set(group?.list.records.map(({resId}) => resId));
            const first = waiting.findIndex(
                (id) => shown.has(id) && id !== record.resId,
            );
            afterId = (first < 0 ? waiting.at(-1) : waiting[first - 1]) || 0;
        }
        await plan.move(record.resId, lineId, afterId);
    }

    async apply() {
        await this.plan.apply();
        this.notification.add(_t("The plan is saved."), {type: "success"});
        await this.reload();
    }

    async reload() {
        await this.plan.read();
        await this.model.load();
    }

    async beforeUnload(ev) {
        if (this.plan.isDirty) {
            ev?.preventDefault();
        }
    }

    async beforeLeave() {
        const left = await super.beforeLeave(...arguments);
        if (!this.plan.isDirty || left === false) {
            return left;
        }
        return new Promise((resolve) => {
            this.dialog.add(
                ConfirmationDialog,
                {
                    title: _t("The plan is not saved"),
                    body: _t("What you have moved is lost when you leave the board."),
                    confirmLabel: _t("Leave it"),
                    confirm: () => resolve(true),
                    cancelLabel: _t("Stay here"),
                    cancel: () => resolve(false),
                },
                {onClose: () => resolve(false)},
            );
        });
    }
}

registry.category("views").add("cantoneira_plan", {
    ...kanbanView,
    Controller: PlanController,
    Renderer: PlanRenderer,
    buttonTemplate: "cantoneira_floor.PlanButtons",
});
