import {Component, xml} from "@odoo/owl";
import {FormController} from "@web/views/form/form_controller";
import {_t} from "@web/core/l10n/translation";
import {formView} from "@web/views/form/form_view";
import {registry} from "@web/core/registry";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";
import {useBus} from "@web/core/utils/hooks";

const TOLD = "cantoneira_floor.suggestion";
const MODEL = "cantoneira.plan.suggestion";

/** Tells whoever asked, wherever they are, that a suggestion is there. */
export const planSuggestionService = {
    dependencies: ["bus_service", "notification", "action"],
    start(env, {bus_service, notification, action}) {
        bus_service.subscribe(TOLD, ({id, message, failed}) => {
            const close = notification.add(message, {
                type: failed ? "warning" : "success",
                sticky: true,
                buttons: [
                    {
                        name: _t("Look at it"),
                        primary: true,
                        onClick: () => {
                            close();
                            action.doAction({
                                type: "ir.actions.act_window",
                                res_model: MODEL,
                                res_id: id,
                                views: [[false, "form"]],
                            });
                        },
                    },
                ],
            });
            env.bus.trigger(TOLD, id);
        });
        bus_service.start();
    },
};

registry.category("services").add("cantoneira_plan_suggestion", planSuggestionService);

/** On the form: shows the answer when it comes. */
export class PlanSuggestionWatch extends Component {
    static template = xml`<span hidden="hidden"/>`;
    static props = {...standardWidgetProps};

    setup() {
        useBus(this.env.bus, TOLD, ({detail: id}) => {
            const {record} = this.props;
            if (record.resId === id) {
                record.load();
            }
        });
    }
}

registry
    .category("view_widgets")
    .add("cantoneira_plan_suggestion", {component: PlanSuggestionWatch});

/**
 * A suggestion nobody has asked for yet is nothing to keep: the web client would save it when the
 * page is left or reloaded, or hold the page with a question where its line is empty.
 */
export class PlanSuggestionController extends FormController {
    async beforeUnload() {
        if (!this.model.root.isNew) {
            return super.beforeUnload(...arguments);
        }
    }
}

registry.category("views").add("cantoneira_plan_suggestion", {
    ...formView,
    Controller: PlanSuggestionController,
});
