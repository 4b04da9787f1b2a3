import {registry} from "@web/core/registry";

const desktop = (step) => ({isActive: ["desktop"], ...step});
const mobile = (step) => ({isActive: ["mobile"], ...step});

/** A salesperson is offered surplus, takes it and confirms; the rest is made. */
registry.category("web_tour.tours").add("cantoneira_surplus_sell", {
    steps: () => [
        {
            content: "7 pieces are offered",
            trigger: ".alert-info:contains(7 pcs × 2,500 mm of Cantoneira do passeio)",
        },
        {
            content: "Use them",
            trigger: ".alert-info button[name=action_use_surplus]",
            run: "click",
        },
        desktop({
            content: "7 of 20 from surplus",
            trigger: ".o_data_row .o_data_cell[name=surplus_piece_qty]:contains(7)",
        }),
        mobile({
            content: "7 of 20 from surplus",
            trigger: ".o_kanban_record:contains(7 from surplus)",
        }),
        desktop({
            content: "What the line needs",
            trigger: ".o_data_row a.o_cantoneira_light",
            run: "click",
        }),
        desktop({
            content: "7 from the rack, paper for 13",
            trigger:
                ".o_cantoneira_materials:contains(7 pcs × 2,500 mm from surplus, free 7 pcs):contains(needs 3.64 kg)",
        }),
        desktop({
            content: "Close it",
            trigger: ".o_form_view h1",
            run: "click",
        }),
        {
            content: "Nothing more to offer",
            trigger: ".o_form_view:not(:has(.alert-info button:visible))",
        },
        desktop({
            content: "Confirm",
            trigger:
                ".o_statusbar_buttons button[name=action_confirm]:contains(Confirm)",
            run: "click",
        }),
        mobile({
            content: "More",
            trigger:
                ".o_statusbar_buttons button:has(.oi-ellipsis-v), .o_statusbar_buttons .dropdown-toggle",
            run: "click",
        }),
        mobile({
            content: "Confirm",
            trigger: "button[name=action_confirm]:contains(Confirm)",
            run: "click",
        }),
        {
            content: "Approved",
            trigger: ".o_field_widget[name=production_state]:contains(Approved)",
        },
    ],
});

/** The list of surplus, as storekeepers and salespeople read it. */
registry.category("web_tour.tours").add("cantoneira_surplus_list", {
    steps: () => [
        desktop({
            content: "Its length and what is free",
            trigger:
                ".o_data_row:contains(Cantoneira do passeio):has([name=piece_length_mm]:contains(2,500)) [name=free_pieces]:contains(7)",
        }),
        mobile({
            content: "Its length and what is free",
            trigger:
                ".o_kanban_record:contains(Cantoneira do passeio):contains(2,500) .fs-4:contains(7)",
        }),
    ],
});

/** An operator closes an order with fewer pieces, within what its customer accepts. */
registry.category("web_tour.tours").add("cantoneira_surplus_close_short", {
    steps: () => [
        {
            content: "What the customer accepts",
            trigger: ".o_field_widget[name=accepted_label]:contains(95 to 105 pcs)",
        },
        {
            content: "96 pieces were made",
            trigger: ".o_field_widget[name=pieces_producing] input",
            run: "edit 96 && press Tab",
        },
        {
            content: "Done",
            trigger: ".o_statusbar_buttons button[name=button_mark_done]",
            run: "click",
        },
        {
            content: "It asks in pieces",
            trigger: ".modal:contains(4 of 100 pieces are missing.)",
        },
        {
            content: "Both answers",
            trigger:
                ".modal button[name=action_make_rest]:contains(Make the rest later)",
        },
        {
            content: "Close with 96",
            trigger: ".modal button[name=action_close]:contains(Close with 96)",
            run: "click",
        },
        {
            content: "It is closed",
            trigger: ".o_form_view:not(:has(button[name=button_mark_done]:visible))",
        },
        {
            content: "Nothing is open",
            trigger: "body:not(:has(.modal))",
        },
    ],
});
