import {registry} from "@web/core/registry";

/** What a storekeeper does on the first day: a paper, whose g/m shows while it is typed. */
const grammage = ".o_field_widget[name=grammage] input";
const width = ".o_field_widget[name=reel_width_mm] input";
const weight = ".o_field_widget[name=linear_weight]";

registry.category("web_tour.tours").add("cantoneira_stock_create_paper", {
    steps: () => [
        {
            content: "A new paper",
            trigger: ".o_list_button_add, .o-kanban-button-new",
            run: "click",
        },
        {
            content: "Its name",
            trigger: ".o_field_widget[name=name] textarea",
            run: "edit Bobina Kraft 400g do passeio",
        },
        {content: "Its grammage", trigger: grammage, run: "edit 400"},
        {content: "Its width", trigger: width, run: "edit 70 && press Tab"},
        {
            content: "28 g/m before anything is saved",
            trigger: `${weight}:contains(/^28[.,]0$/)`,
        },
        {content: "Another paper: 130 g/m²", trigger: grammage, run: "edit 130"},
        {content: "160 mm", trigger: width, run: "edit 160 && press Tab"},
        {
            content: "20.8 g/m",
            trigger: `${weight}:contains(/^20[.,]8$/)`,
        },
        {
            content: "Its minimum",
            trigger: ".o_field_widget[name=min_stock_qty] input",
            run: "edit 50 && press Tab",
        },
        {
            content: "Nothing in stock: critical while typing",
            trigger: ".o_field_widget[name=alert_level] .text-bg-danger",
        },
        {
            content: "Save",
            trigger: ".o_form_button_save",
            run: "click",
        },
        {
            content: "It is saved",
            trigger: ".o_form_saved",
        },
    ],
});
