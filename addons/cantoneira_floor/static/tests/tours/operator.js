import {OperatorScreen} from "@cantoneira_floor/operator/operator";
import {patch} from "@web/core/utils/patch";
import {registry} from "@web/core/registry";

const click = (content, trigger) => ({content, trigger, run: "click"});

registry.category("web_tour.tours").add("cantoneira_floor_operator", {
    steps: () => [
        click("My line", ".o_floor_machine:contains(Linha 1)"),
        click("First of the queue", ".o_floor_card:eq(0):contains(10)"),
        click("Start", ".o_floor_start"),
        click("One more", ".o_floor_order[data-state=running] .o_floor_plus"),
        click("Ten more", ".o_floor_plus_ten"),
        click("Record 11", ".o_floor_record:contains(11)"),
        click("Type", ".o_floor_number:contains(11)"),
        click("Clear", ".o_floor_pad button:contains(C)"),
        click("1", ".o_floor_pad button[data-digit='1']"),
        click("2", ".o_floor_pad button[data-digit='2']"),
        click("Record 12", ".o_floor_record:contains(12)"),
        click("Pause", ".o_floor_pause"),
        click("For a meal", ".o_floor_reason:contains(Meal)"),
        click("Go on", ".o_floor_resume"),
        click("Scrap", ".o_floor_scrap"),
        click("3", ".o_floor_pad button[data-digit='3']"),
        click("Start-up", ".o_floor_reason:contains(Start-up)"),
        {content: "Scrap is shown", trigger: ".o_floor_scrapped:contains(3)"},
        click("Loss", ".o_floor_loss"),
        click("Of paper", ".o_floor_loss_panel .o_floor_material:contains(400g)"),
        click("0", ".o_floor_pad button[data-digit='0']"),
        click("point", ".o_floor_pad button[data-digit=point]"),
        click("5", ".o_floor_pad button[data-digit='5']"),
        click("Trim", ".o_floor_cause:contains(Trim)"),
        {content: "Losses are shown", trigger: ".o_floor_losses"},
        click("Finish", ".o_floor_finish"),
        click("Glue", ".o_floor_materials .o_floor_material:contains(Cola)"),
        click("4", ".o_floor_materials button[data-digit='4']"),
        click("kg", ".o_floor_consume"),
        click("Finish", ".o_floor_finish_yes"),
        {content: "Asked why", trigger: ".o_floor_question:contains(Cola PVA: 4 kg)"},
        click("Because", ".o_floor_reason:contains(Trouble on the line)"),
        click("Next order", ".o_floor_next"),
        click("Start it", ".o_floor_start"),
        {
            content: "It runs",
            trigger: ".o_floor_order[data-state=running]:contains(1,237.5 mm)",
        },
    ],
});

// What lets the server's answer through, in the tour below.
let answer = null;

/** Until the queue of a line is known, nobody reads that there is nothing to make on it. */
registry.category("web_tour.tours").add("cantoneira_floor_slow", {
    steps: () => [
        {
            content: "My line, when the server is slow",
            trigger: ".o_floor_machine:contains(Linha 1)",
            run: ({click: tap}) => {
                const {promise, resolve} = Promise.withResolvers();
                const undo = patch(OperatorScreen.prototype, {
                    async load() {
                        await promise;
                        return super.load();
                    },
                });
                answer = () => {
                    undo();
                    resolve();
                };
                return tap();
            },
        },
        {
            content: "Nobody knows yet",
            trigger:
                ".o_cantoneira_floor:has(.o_floor_loading):not(:has(.o_floor_empty))",
        },
        {
            content: "The answer comes",
            trigger: ".o_floor_leave",
            run: () => answer(),
        },
        {content: "Nothing to make", trigger: ".o_floor_empty"},
    ],
});
