import {registry} from "@web/core/registry";

const field = (name) => `.o_field_widget[name=${name}]`;
const shown = (name, text) => ({
    content: `${name} shows ${text}`,
    trigger: `${field(name)}:contains(${text})`,
});

/** One material of the recipe, in the row of a desktop or the dialog of a phone. */
function addMaterial(name, {layers, grams}) {
    const row = ".o_field_widget[name=recipe_line_ids] .o_selected_row";
    const dialog = ".modal .o_form_view";
    const within = (what) => `${row} ${what}, ${dialog} ${what}`;
    const value = layers === undefined ? grams : layers;
    const typed = layers === undefined ? "grams_per_metre" : "layer_count";
    return [
        {
            content: "Another material",
            trigger:
                ".o_field_widget[name=recipe_line_ids] .o_field_x2many_list_row_add a, " +
                ".o_field_widget[name=recipe_line_ids] .o-kanban-button-new",
            run: "click",
        },
        {
            content: `Look for ${name}`,
            isActive: ["desktop"],
            trigger: within(`${field("product_id")} input`),
            run: `edit ${name}`,
        },
        {
            content: `Take ${name}`,
            isActive: ["desktop"],
            trigger: `.o-autocomplete--dropdown-item:contains(${name})`,
            run: "click",
        },
        {
            content: "Look at the materials",
            isActive: ["mobile"],
            trigger: within(`${field("product_id")} input`),
            run: "click",
        },
        {
            content: `Take ${name}`,
            isActive: ["mobile"],
            trigger: `.modal .o_kanban_record:contains(${name})`,
            run: "click",
        },
        {
            content: `Type ${value}`,
            trigger: within(`${field(typed)} input`),
            run: `edit ${value} && press Tab`,
        },
    ];
}

const saveLine = {
    content: "Save the line",
    isActive: ["mobile"],
    trigger: ".modal .o_form_button_save",
    run: "click",
};

registry.category("web_tour.tours").add("cantoneira_mrp_recipe", {
    steps: () => [
        {
            content: "A new profile",
            trigger: ".o_list_button_add, .o-kanban-button-new",
            run: "click",
        },
        {
            content: "Its name",
            trigger: `${field("name")} textarea`,
            run: "edit Cantoneira do passeio",
        },
        {
            content: "R$ 8 per metre",
            trigger: `${field("list_price")} input`,
            run: "edit 8 && press Tab",
        },
        {content: "Its recipe", trigger: "a[name=recipe]", run: "click"},
        ...addMaterial("Bobina Kraft 400g", {layers: 4}),
        saveLine,
        shown("linear_weight", "112"),
        ...addMaterial("Bobina 130g", {layers: 1}),
        saveLine,
        ...addMaterial("Cola PVA", {grams: 15}),
        saveLine,
        {
            content: "147.8 g/m before anything is saved",
            trigger: `${field("linear_weight")}:contains(/147[.,]8/)`,
        },
        {
            content: "2.00 per metre",
            trigger: `${field("recipe_cost_per_metre")}:contains(/2[.,]00/)`,
        },
        shown("markup_percent", "300"),
        shown("margin_percent", "75"),
        {
            content: "6.00 per metre are earned",
            trigger: `${field("margin_amount")}:contains(/6[.,]00/)`,
        },
        {content: "Save", trigger: ".o_form_button_save", run: "click"},
        {content: "It is saved", trigger: ".o_form_saved"},
    ],
});

registry.category("web_tour.tours").add("cantoneira_mrp_produce", {
    steps: () => [
        {
            content: "The order on the shop floor",
            trigger: ".o_kanban_record:contains(10):contains(/2[.,]500 mm/)",
            run: "click",
        },
        {content: "Start", trigger: "button[name=action_start]", run: "click"},
        {content: "In production", trigger: "button[name=button_mark_done]"},
        {
            content: "10 pieces are made",
            trigger: `${field("pieces_producing")} input`,
            run: "edit 10 && press Tab",
        },
        {
            content: "What 10 pieces consume, before anything is saved",
            trigger: `${field("move_raw_ids")} .fw-bold:contains(/2[.,]80/), ${field("move_raw_ids")} td:not(.text-muted)[name=quantity]:contains(/2[.,]80/)`,
        },
        {
            content: "Weigh the reel",
            trigger: `${field("move_raw_ids")} .o_data_row:contains(Kraft 400g) td[name=quantity], ${field("move_raw_ids")} .o_kanban_record:contains(Kraft 400g)`,
            run: "click",
        },
        {
            content: "2.9 kg",
            trigger: `.o_selected_row ${field("quantity")} input, .modal ${field("quantity")} input`,
            run: "edit 2.9 && press Tab",
        },
        saveLine,
        {content: "Done", trigger: "button[name=button_mark_done]", run: "click"},
        {
            content: "The difference is shown",
            trigger: `${field("consumption_difference_weight")}:contains(/0[.,]10/)`,
        },
    ],
});
