import {registry} from "@web/core/registry";

/** The date that can be promised, before and after lines change; once per language. */
const WORDS = {
    en_US: {confirm: "Confirm", free: "Linha do passeio free on"},
    pt_BR: {confirm: "Confirmar", free: "Linha do passeio livre em"},
};

const PIECES = ".o_field_widget[name=piece_qty]";
const desktop = (step) => ({isActive: ["desktop"], ...step});
const mobile = (step) => ({isActive: ["mobile"], ...step});

for (const [language, words] of Object.entries(WORDS)) {
    const reason = `.o_cantoneira_promise_reason:contains(${words.free})`;
    registry.category("web_tour.tours").add(`cantoneira_sale_promise_${language}`, {
        steps: () => [
            {content: "The date and its reason", trigger: reason},
            desktop({
                content: "Open the line",
                trigger: `.o_data_row .o_data_cell[name=piece_qty]`,
                run: "click",
            }),
            mobile({
                content: "Open the line",
                trigger: ".o_field_widget[name=order_line] .o_kanban_record",
                run: "click",
            }),
            desktop({
                content: "Two more",
                trigger: `.o_selected_row ${PIECES} input`,
                run: "edit 12 && press Tab",
            }),
            mobile({
                content: "Two more",
                trigger: `.modal ${PIECES} input`,
                run: "edit 12 && press Tab",
            }),
            mobile({
                content: "Take the line",
                trigger: ".modal .o_form_button_save",
                run: "click",
            }),
            {
                content: "The date is not asked for while typing",
                trigger: ".o_cantoneira_promise_load",
                run: "click",
            },
            {content: "It was, of the lines as typed", trigger: reason},
            {content: "Save", trigger: ".o_form_button_save", run: "click"},
            {content: "It is saved", trigger: ".o_form_saved"},
            {content: "Asked again by itself", trigger: reason},
            desktop({
                content: "Confirm",
                trigger: `.o_statusbar_buttons button[name=action_confirm]:contains(${words.confirm})`,
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
                trigger: `button[name=action_confirm]:contains(${words.confirm})`,
                run: "click",
            }),
            {
                content: "The date is the order's now",
                trigger:
                    ".o_field_widget[name=production_state] .badge, .o_field_widget[name=production_state].badge",
            },
            {content: "With its reason", trigger: reason},
        ],
    });
}
