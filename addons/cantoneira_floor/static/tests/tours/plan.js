import {registry} from "@web/core/registry";

const click = (content, trigger) => ({content, trigger, run: "click"});
const see = (content, trigger) => ({content, trigger});
const COLUMN = ".o_kanban_group:contains('Linha do plano')";
const card = (place) => `${COLUMN} .o_kanban_record:eq(${place})`;
const holds = (place, pieces) => `${card(place)}:contains('${pieces} p')`;

registry.category("web_tour.tours").add("cantoneira_floor_plan", {
    steps: () => [
        see("Three orders, the largest last", holds(2, 30)),
        click("The largest earlier", `${card(2)} .o_plan_up`),
        see("It moved", holds(1, 30)),
        see("Who becomes late", ".o_plan_summary:contains('1 becomes late.')"),
        see("In red", ".o_plan_rows .text-danger:contains('becomes late')"),
        see("Its date as drafted", `${card(2)} .o_plan_drafted.text-danger`),
        click("Undo", ".o_plan_undo"),
        see("Nothing is left of it", "body:not(:has(.o_plan_effect))"),
        see("It is back", holds(2, 30)),
        {
            content: "Drag it to the front",
            trigger: `${card(2)} .text-muted:first`,
            run: `drag_and_drop ${card(0)}`,
        },
        see("It is in front", holds(0, 30)),
        click("Group what is one profile already", ".o_plan_group"),
        see("No other sequence", holds(0, 30)),
        see("Two steps", ".o_plan_drop"),
        click("Apply", ".o_plan_apply:not(:disabled)"),
        see("It is saved", ".o_notification:contains('The plan is saved')"),
        see("Nothing is open", "body:not(:has(.o_plan_effect))"),
        see("As it was put", holds(0, 30)),
    ],
});

registry.category("web_tour.tours").add("cantoneira_floor_plan_phone", {
    steps: () => [
        see("Three orders, the largest last", holds(2, 30)),
        click("The largest earlier", `${card(2)} .o_plan_up`),
        see("Who becomes late", ".o_plan_summary:contains('1 fica atrasada.')"),
        click("Earlier again", `${card(1)} .o_plan_up`),
        see("It is in front", holds(0, 30)),
        click("Apply", ".o_plan_apply:not(:disabled)"),
        see("It is saved", ".o_notification:contains('O plano foi salvo')"),
        see("Nothing is open", "body:not(:has(.o_plan_effect))"),
    ],
});

const ask = [
    click("A new one", ".o_list_button_add, .o-kanban-button-new"),
    click("For this line", "button[name=action_ask]"),
    see("It is looked for", ".alert-info:contains('in the background')"),
];

registry.category("web_tour.tours").add("cantoneira_floor_suggestion_ask", {
    steps: () => [
        click("Have one suggested", "button:contains('Suggest a sequence')"),
        ...ask,
    ],
});

registry.category("web_tour.tours").add("cantoneira_floor_suggestion_ask_phone", {
    steps: () => ask,
});

registry.category("web_tour.tours").add("cantoneira_floor_suggestion_reload", {
    steps: () => [
        {
            content: "No line, as where there is none yet",
            trigger: "[name=machine_id] input",
            run: "clear",
        },
        {
            content: "Reloaded: neither saved nor asked about",
            trigger: "button[name=action_ask]",
            run: () => window.location.reload(),
            expectUnloadPage: true,
        },
        click("The line is there again", "button[name=action_ask]"),
        see("It is looked for", ".alert-info:contains('in the background')"),
        {
            content: "Reloaded while it is looked for",
            trigger: ".o_form_view",
            run: () => window.location.reload(),
            expectUnloadPage: true,
        },
        see("It is looked for still", ".alert-info:contains('in the background')"),
    ],
});

registry.category("web_tour.tours").add("cantoneira_floor_suggestion_accept", {
    steps: () => [
        click(
            "The last one",
            ".o_data_row:contains('Linha do plano') [name=state], .o_kanban_record:contains('Linha do plano')",
        ),
        see("OR-Tools computed it", "[name=engine]:contains('OR-Tools')"),
        see("What changes", "[name=effect_text]:contains('1 is no longer late')"),
        click("Accept", "button[name=action_accept]"),
        see("It is the plan", holds(0, 30)),
    ],
});
