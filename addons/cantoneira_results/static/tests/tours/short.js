import {registry} from "@web/core/registry";

const click = (content, trigger) => ({content, trigger, run: "click"});

/** A manager at the operator's tablet ends an order short, and says why. */
registry.category("web_tour.tours").add("cantoneira_results_short", {
    steps: () => [
        click("The line", ".o_floor_machine:contains(Linha do passeio)"),
        click("The order", ".o_floor_card"),
        click("Start", ".o_floor_start"),
        click("Six pieces", ".o_floor_number"),
        click("Clear", ".o_floor_pad button:contains(C)"),
        click("6", ".o_floor_pad button[data-digit='6']"),
        click("Record", ".o_floor_record:contains(6)"),
        click("Finish", ".o_floor_finish"),
        {
            content: "What the customer accepts",
            trigger:
                ".o_floor_told:contains(ordered 10 pieces and accepts no fewer; it would be closed with 6)",
        },
        click("Close with 6", ".o_floor_finish_short:contains(Close with 6)"),
        {
            content: "Not without a reason",
            trigger: ".o_floor_finish_short:disabled",
        },
        {
            content: "Why",
            trigger: ".o_floor_why",
            run: "edit O cliente aceitou por telefone",
        },
        click("Close with 6", ".o_floor_finish_short:enabled"),
        {
            content: "Finished",
            trigger: ".o_floor_order[data-state=done]:contains(6 pieces)",
        },
    ],
});

/** An operator is told who may. */
registry.category("web_tour.tours").add("cantoneira_results_short_refused", {
    steps: () => [
        click("The line", ".o_floor_machine:contains(Linha do passeio)"),
        click("Finish", ".o_floor_finish"),
        {
            content: "Who may",
            trigger:
                ".o_floor_told:contains(A production or sales manager may close it with fewer, here)",
        },
        {
            content: "He only may make the rest later",
            trigger:
                ".o_floor_panel:not(:has(.o_floor_finish_short)) .o_floor_finish_yes",
        },
    ],
});
