import {registry} from "@web/core/registry";

/** Discount and freight beside the total: each tour at both widths. */
const field = (name) => `.o_field_widget[name=${name}]`;
const LINES = field("order_line");

/** Choose in a selection: a menu that opens. */
const choose = (name, text) => [
    {content: `Open ${name}`, trigger: `${field(name)} input`, run: "click"},
    {
        content: `Choose ${text}`,
        trigger: `.o_select_menu_item:contains(${text})`,
        run: "click",
    },
];
const type = (name, value) => ({
    content: `Type ${value} in ${name}`,
    trigger: `${field(name)} input`,
    run: `edit ${value} && press Tab`,
});
const shows = (name, text) => ({
    content: `${name} shows ${text}`,
    trigger: `${field(name)}:contains(${text})`,
});
const save = [
    {content: "Save", trigger: ".o_form_button_save", run: "click"},
    {content: "It is saved", trigger: ".o_form_saved"},
];

registry.category("web_tour.tours").add("cantoneira_terms_discount", {
    steps: () => [
        shows("tax_totals", "350.00"),
        ...choose("header_discount_kind", "in money"),
        type("header_discount_amount", "33.33"),
        shows("discount_total", "33.33"),
        shows("tax_totals", "316.67"),
        ...choose("header_discount_kind", "in %"),
        type("header_discount_percent", "10"),
        shows("discount_total", "35.00"),
        shows("tax_totals", "315.00"),
        ...save,
        shows("tax_totals", "315.00"),
    ],
});

registry.category("web_tour.tours").add("cantoneira_terms_freight", {
    steps: () => [
        ...choose("freight_mode", "CIF"),
        type("freight_amount", "50"),
        shows("tax_totals", "400.00"),
        ...choose("freight_spread_by", "by value"),
        shows("freight_included", "50.00"),
        {
            content: "The first line",
            trigger: `${LINES} .o_data_row:first .o_data_cell[name=freight_typed], ${LINES} .o_kanban_record:not(.o_kanban_ghost):first`,
            run: "click",
        },
        {
            content: "Its freight is 20, fixed by hand",
            trigger: `${LINES} .o_selected_row ${field("freight_typed")} input, .modal ${field("freight_typed")} input`,
            run: "edit 20 && press Tab",
        },
        {
            isActive: ["mobile"],
            content: "Save the line",
            trigger: ".modal .o_form_button_save",
            run: "click",
        },
        {content: "No dialog", trigger: `body:not(:has(.modal)) ${LINES}`},
        ...save,
        {
            isActive: ["desktop"],
            content: "The other line follows",
            trigger: `${LINES} .o_data_row:eq(1) td[name=freight_share]:contains(30.00)`,
        },
        shows("tax_totals", "400.00"),
    ],
});
