import {registry} from "@web/core/registry";

/** What to buy, at both widths: a row on the desktop, a card on the phone. */
registry.category("web_tour.tours").add("cantoneira_purchase_request", {
    steps: () => [
        {
            content: "The paper that orders lack is there",
            trigger: ".o_content:contains(Bobina do passeio)",
        },
        {
            isActive: ["desktop"],
            content: "What is late is red, with its days",
            trigger: "tr.text-danger:contains(Bobina atrasada):contains(3)",
        },
        {
            isActive: ["mobile"],
            content: "What is late is red, with its days",
            trigger:
                ".o_kanban_record:contains(Bobina atrasada) .text-danger:contains(3)",
        },
        {
            content: "Request all of it",
            trigger: ".o_control_panel button[name=action_request]",
            run: "click",
        },
        {
            content: "The requests are shown",
            trigger: ":is(.breadcrumb-item, .o_back_button)",
        },
    ],
});
