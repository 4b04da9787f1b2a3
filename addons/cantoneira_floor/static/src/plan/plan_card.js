import {Component, useRef, useState} from "@odoo/owl";
import {deserializeDateTime, toLocaleDateTimeString} from "@web/core/l10n/dates";
import {Dropdown} from "@web/core/dropdown/dropdown";
import {DropdownItem} from "@web/core/dropdown/dropdown_item";
import {registry} from "@web/core/registry";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";

/** On a card of the plan: buttons that move it without dragging, and its dates as drafted. */
export class PlanCard extends Component {
    static template = "cantoneira_floor.PlanCard";
    static components = {Dropdown, DropdownItem};
    static props = {...standardWidgetProps};

    setup() {
        this.plan = useState(this.env.plan);
        this.root = useRef("root");
    }

    get id() {
        return this.props.record.resId;
    }

    get line() {
        return this.plan.lineOf(this.id);
    }

    get isMovable() {
        const {root} = this.props.record.model;
        return (
            this.plan.canPlan && root.groupByField?.name === "machine_id" && this.line
        );
    }

    get others() {
        return this.plan.lines.filter(({id}) => id && id !== this.line?.id);
    }

    get drafted() {
        const dates = this.plan.dates(this.id);
        if (!dates) {
            return null;
        }
        const [start, end, late] = dates;
        const show = (text) =>
            toLocaleDateTimeString(deserializeDateTime(text), {showSeconds: false});
        return {text: `${show(start)} – ${show(end)}`, late};
    }

    /** Orders of its column that are shown and have not started. */
    get shown() {
        const {groups} = this.props.record.model.root;
        const group = groups.find(({value}) => (value || 0) === this.line.id);
        const shown = new Set(group.list.records.map(({resId}) => resId));
        return this.plan.waiting(this.line.id).filter((id) => shown.has(id));
    }

    async move(steps) {
        const {shown} = this;
        const place = shown.indexOf(this.id) + steps;
        if (place < 0 || place >= shown.length) {
            return;
        }
        const before = steps < 0 ? shown[place - 1] : shown[place];
        await this.env.movePlanned(this.props.record, this.line.id, before);
        const button = steps < 0 ? ".o_plan_up" : ".o_plan_down";
        // A card that changed its place has lost the focus.
        this.root.el?.querySelector(button)?.focus();
    }

    async moveTo(line) {
        const last = this.plan.waiting(line.id).at(-1);
        await this.env.movePlanned(this.props.record, line.id, last);
    }
}

registry.category("view_widgets").add("cantoneira_plan_card", {component: PlanCard});
