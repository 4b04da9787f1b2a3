import {registry} from "@web/core/registry";

/** Two clicks from an order to its reels and back; the reports as their readers open them. */
const tours = registry.category("web_tour.tours");

/** A smart button; on a phone they are folded. */
const press = (name, content) => [
    {
        isActive: ["mobile"],
        content: `Unfold the buttons, to ${content}`,
        trigger: ".o-form-buttonbox .o_button_more",
        run: "click",
    },
    {content, trigger: `button[name=${name}]`, run: "click"},
];

/** A row of a list, which is a card on a phone. */
const row = (text) =>
    `.o_list_view .o_data_row:contains(${text}) .o_data_cell:eq(0), .o_kanban_view .o_kanban_record:contains(${text})`;

tours.add("cantoneira_results_order_to_reel", {
    steps: () => [
        ...press("action_trace_reels", "see the reels of the order"),
        {content: "The reel, into it", trigger: row("BOB-PASSEIO"), run: "click"},
        {
            content: "Its supplier's batch is said",
            trigger: ".modal .o_field_widget[name=supplier_batch]:contains(LOTE-9)",
        },
    ],
});

tours.add("cantoneira_results_reel_to_order", {
    steps: () => [
        ...press("action_trace_orders", "see the orders of the reel"),
        {
            content: "The order, into it",
            trigger: row("Metalúrgica do passeio"),
            run: "click",
        },
        {
            content: "All there is to know of it, and no prices",
            trigger:
                ".modal .o_field_widget[name=partner_id]:contains(Metalúrgica do passeio)",
        },
    ],
});

tours.add("cantoneira_results_productivity", {
    steps: () => [
        {
            isActive: ["desktop"],
            content: "The line with its metres per hour",
            trigger: ".o_pivot table:contains(Linha do passeio)",
        },
        {
            isActive: ["mobile"],
            content: "A graph",
            trigger: ".o_graph_view canvas",
        },
    ],
});

tours.add("cantoneira_results_progress", {
    steps: () => [
        {
            content: "What runs, into it",
            trigger: row("Metalúrgica do passeio"),
            run: "click",
        },
        {
            content: "The manufacturing order",
            trigger: ".o_form_view .o_field_widget[name=move_raw_ids]",
        },
    ],
});
