import {registry} from "@web/core/registry";

/** What fills a quotation fast, besides touches: keys, old orders, the catalogue. */
const LANGUAGES = {
    en_US: {catalogue: "Catalog", back: "Back to the quotation", more: "Add lengths"},
    pt_BR: {
        catalogue: "Catálogo",
        back: "Voltar ao orçamento",
        more: "Incluir medidas",
    },
};
const TEXT = ".modal [name=text] textarea";
const PROFILE = ".o_kanban_record:contains(Cantoneira do passeio)";

const shows = (name, text) => ({
    content: `${name} shows ${text}`,
    trigger: `.o_field_widget[name=${name}]:contains(${text})`,
});
const closed = {content: "The dialog is closed", trigger: "body:not(:has(.modal))"};
const key = (content, trigger, keys) => ({content, trigger, run: `press ${keys}`});

/** Keys pressed since the tour began. */
const countKeys = {
    content: "Count the keys",
    trigger: "body",
    run: () => {
        window.keyCount = 0;
        window.addEventListener("keydown", () => window.keyCount++, true);
    },
};
/** Names and numbers that are typed are most of them. */
const MOST_KEYS = 60;
const fewKeys = {
    content: `At most ${MOST_KEYS} keys`,
    trigger: "body",
    run: () => {
        console.log(`quotation of four lines: ${window.keyCount} keys`);
        if (window.keyCount > MOST_KEYS) {
            throw new Error(`${window.keyCount} keys are more than ${MOST_KEYS}`);
        }
    },
};

const TOURS = {
    keys: () => [
        {
            content: "The list of orders",
            trigger: ".o_list_button_add, .o-kanban-button-new",
        },
        countKeys,
        key("A new quotation", "body", "alt+c"),
        {
            content: "The customer is asked for first",
            trigger: "[name=partner_id] input:focus",
            run: "edit Metalúrgica do p",
        },
        {content: "Found", trigger: ".o-autocomplete--dropdown-item:contains(passeio)"},
        key("Taken", "[name=partner_id] input", "Enter"),
        key("Fast entry", ".o_form_view button[name=action_fast_entry]", "alt+l"),
        {
            content: "The last profile is proposed, the text has the focus",
            trigger: `${TEXT}:focus`,
            run: ({edit}) => edit("10x2500\n4x1237\n6x2000"),
        },
        {content: "Read", trigger: ".modal [name=total_pieces]:contains(20)"},
        key("Add all", TEXT, "ctrl+Enter"),
        closed,
        shows("total_pieces", "20"),
        key(
            "Previous orders",
            ".o_form_view button[name=action_previous_orders]",
            "alt+o",
        ),
        {
            content: "The tape of the last order",
            trigger:
                ".modal .o_data_row:contains(Fita do passeio) [name=is_ticked] input",
            run: ({anchor}) => anchor.focus(),
        },
        key(
            "Tick",
            ".modal .o_data_row:contains(Fita do passeio) [name=is_ticked] input",
            "Space",
        ),
        {
            content: "Ticked",
            trigger: ".modal .o_data_row:contains(Fita do passeio) input:checked",
        },
        key("Copy", ".modal button[name=action_copy]", "alt+q"),
        closed,
        {
            content: "All four lines",
            trigger: ".o_data_row:contains(Fita do passeio)",
        },
        key("Save", "body", "alt+s"),
        {content: "It is saved", trigger: ".o_form_saved"},
        fewKeys,
    ],
    catalogue: (words) => [
        {
            content: "The catalogue",
            trigger: `.o_form_view button[name=action_add_from_catalog], .o_form_view button:contains(${words.catalogue})`,
            run: "click",
        },
        {
            content: "A profile has pieces and lengths",
            trigger: `${PROFILE} .o_product_catalog_buttons button`,
            run: "click",
        },
        {
            content: "They are asked for",
            trigger: TEXT,
            run: "edit 10x2500",
        },
        {content: "Read", trigger: ".modal [name=total_pieces]:contains(10)"},
        {content: "Add", trigger: ".modal button[name=action_add]", run: "click"},
        closed,
        {
            content: "Another length of it",
            trigger: `${PROFILE}.o_product_added button:contains(${words.more})`,
            run: "click",
        },
        {content: "Ten more", trigger: TEXT, run: "edit 4 x 1.237 mm"},
        {content: "Read", trigger: ".modal [name=total_pieces]:contains(4)"},
        {content: "Add", trigger: ".modal button[name=action_add]", run: "click"},
        closed,
        {content: "14 pieces on the card", trigger: `${PROFILE}:contains(14)`},
        {
            content: "Resale goods are counted as ever",
            trigger:
                ".o_kanban_record:contains(Fita do passeio) .o_product_catalog_buttons button",
            run: "click",
        },
        {
            content: "One roll",
            trigger: ".o_kanban_record.o_product_added:contains(Fita do passeio) input",
        },
        {
            content: "Back to the order",
            trigger: `button:contains(${words.back})`,
            run: "click",
        },
        shows("total_pieces", "14"),
    ],
};

for (const [language, words] of Object.entries(LANGUAGES)) {
    for (const [name, steps] of Object.entries(TOURS)) {
        registry.category("web_tour.tours").add(`cantoneira_sale_${name}_${language}`, {
            steps: () => steps(words),
        });
    }
}
