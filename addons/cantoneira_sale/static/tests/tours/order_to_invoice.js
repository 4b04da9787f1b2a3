import {registry} from "@web/core/registry";

/** The main job on the screen: each tour once per language, at both widths. */
const LANGUAGES = {
    en_US: {
        confirm: "Confirm",
        withReason: "Confirm with a reason",
        approved: "Approved",
        label: "10 pcs × 2,500 mm",
        longer: "12 pcs × 2,500 mm",
        metres: "25.00",
        weight: "3.695",
        amount: "200.00",
        total: "350.00",
        fastTotal: "485.58",
        length: "2,500",
        shortage: "Cola PVA: need 15 kg, free 5 kg, missing 10 kg",
        page: "Production",
    },
    pt_BR: {
        confirm: "Confirmar",
        withReason: "Confirmar com motivo",
        approved: "Aprovado",
        label: "10 pç × 2.500 mm",
        longer: "12 pç × 2.500 mm",
        metres: "25,00",
        weight: "3,695",
        amount: "200,00",
        total: "350,00",
        fastTotal: "485,58",
        length: "2.500",
        shortage: "Cola PVA: preciso 15 kg, livres 5 kg, faltam 10 kg",
        page: "Produção",
    },
};

const field = (name) => `.o_field_widget[name=${name}]`;
const LINES = field("order_line");
/** The line being typed: a row on a desktop, a dialog on a phone. */
const inLine = (what) =>
    `${LINES} .o_selected_row ${what}, .modal .o_form_view ${what}`;
const desktop = (step) => ({isActive: ["desktop"], ...step});
const mobile = (step) => ({isActive: ["mobile"], ...step});

/** Choose a record in a many2one: typed on a desktop, taken from a list on a phone. */
function choose(input, text) {
    return [
        desktop({
            content: `Look for ${text}`,
            trigger: input,
            run: `edit ${text}`,
        }),
        desktop({
            content: `Take ${text}`,
            trigger: `.o-autocomplete--dropdown-item:contains(${text})`,
            run: "click",
        }),
        mobile({content: "Look at the list", trigger: input, run: "click"}),
        mobile({
            content: `Take ${text}`,
            trigger: `.modal .o_kanban_record:contains(${text})`,
            run: "click",
        }),
    ];
}

const addLine = {
    content: "Another line",
    trigger: `${LINES} .o_field_x2many_list_row_add a, ${LINES} .o_cp_buttons button`,
    run: "click",
};
const saveLine = mobile({
    content: "Save the line",
    trigger: ".modal .o_form_button_save",
    run: "click",
});
const product = inLine(
    `${field("product_template_id")} input, .modal .o_form_view ${field("product_id")} input`,
);
const save = [
    {content: "Save", trigger: ".o_form_button_save", run: "click"},
    {content: "It is saved", trigger: ".o_form_saved"},
];
const type = (name, value) => ({
    content: `Type ${value} in ${name}`,
    trigger: inLine(`${field(name)} input`),
    run: `edit ${value} && press Tab`,
});
const lineShows = (name, text) => ({
    content: `${name} of the line shows ${text}`,
    trigger: inLine(`[name=${name}]:contains(${text})`),
});
const shows = (name, text) => ({
    content: `${name} shows ${text}`,
    trigger: `${field(name)}:contains(${text})`,
});

/** A button of the status bar, which a phone keeps in a menu. */
const press = (text) => [
    mobile({
        content: "Open the menu of actions",
        trigger: ".o_statusbar_buttons .dropdown-toggle",
        run: "click",
    }),
    {
        content: text,
        trigger: `.o_statusbar_buttons button:contains(/^${text}$/), .o-dropdown--menu button:contains(/^${text}$/)`,
        run: "click",
    },
];

/** Touches of the screen since the tour began: what a rep has to do with a thumb. */
const MOST_TAPS = 25;
const countTaps = {
    content: "Count what is touched",
    trigger: "body",
    run: () => {
        window.tapCount = 0;
        document.addEventListener("pointerdown", () => window.tapCount++, true);
    },
};
const fewTaps = {
    content: `At most ${MOST_TAPS} touches`,
    trigger: "body",
    run: () => {
        console.log(`quotation of four lines: ${window.tapCount} touches`);
        if (window.tapCount > MOST_TAPS) {
            throw new Error(`${window.tapCount} touches are more than ${MOST_TAPS}`);
        }
    },
};

const TOURS = {
    fast_quote: (words) => [
        countTaps,
        {
            content: "A new quotation",
            trigger: ".o_list_button_add, .o-kanban-button-new",
            run: "click",
        },
        ...choose(`${field("partner_id")} input`, "Metalúrgica do passeio"),
        {
            content: "Fast entry",
            trigger: "button[name=action_fast_entry]",
            run: "click",
        },
        ...choose(`.modal ${field("product_id")} input`, "Cantoneira do passeio"),
        {
            content: "Three lengths as a customer writes them",
            trigger: `.modal ${field("text")} textarea`,
            run: ({edit}) => edit("10x2500\n4 x 1.237 mm\n6 pç de 2 m"),
        },
        {
            content: "They were read",
            trigger: `.modal ${field("total_pieces")}:contains(20)`,
        },
        {
            content: "Add them",
            trigger: ".modal button[name=action_add]",
            run: "click",
        },
        shows("total_pieces", "20"),
        addLine,
        ...choose(product, "Fita do passeio"),
        type("product_uom_qty", 10),
        saveLine,
        shows("tax_totals", words.fastTotal),
        ...save,
        fewTaps,
    ],
    quote: (words) => [
        {
            content: "A new quotation",
            trigger: ".o_list_button_add, .o-kanban-button-new",
            run: "click",
        },
        ...choose(`${field("partner_id")} input`, "Metalúrgica do passeio"),
        addLine,
        ...choose(product, "Cantoneira do passeio"),
        type("piece_qty", 10),
        type("piece_length_mm", 2500),
        lineShows("product_uom_qty", words.metres),
        lineShows("composite_weight", words.weight),
        lineShows("price_subtotal", words.amount),
        saveLine,
        mobile({
            content: "The card says it all",
            trigger: `${LINES} .o_kanban_record:contains(${words.label}):contains(${words.weight}):contains(${words.amount})`,
        }),
        addLine,
        ...choose(product, "Fita do passeio"),
        type("product_uom_qty", 10),
        saveLine,
        shows("tax_totals", words.total),
        shows("net_weight", words.weight),
        ...save,
        ...press(words.confirm),
        shows("production_state", words.approved),
        {
            content: "What is made for it",
            trigger: `a[name=production]:contains(${words.page})`,
            run: "click",
        },
        shows("listed_production_ids", words.label),
    ],
    shortage: (words) => [
        {
            content: "Look at the materials before promising anything",
            trigger: "button[name=action_show_needs]",
            run: "click",
        },
        {
            content: "What is missing comes first",
            trigger: `.modal .o_data_row:first:contains(Cola PVA) td[name=missing]:contains(/^10$/), .modal .o_kanban_record:first:contains(Cola PVA):contains(/10/)`,
        },
        {content: "Close", trigger: ".modal footer .btn-primary", run: "click"},
        {content: "It is closed", trigger: `body:not(:has(.modal)) ${LINES}`},
        ...press(words.confirm),
        {
            content: "What is missing, with its numbers",
            trigger: `.modal .o_error_dialog:contains(${words.shortage}), .o_error_dialog:contains(${words.shortage})`,
        },
        {
            content: "Close",
            trigger: ".o_error_dialog footer button, .modal footer .btn-primary",
            run: "click",
        },
        {content: "Still a quotation", trigger: `body:not(:has(.modal)) ${LINES}`},
    ],
    override: (words) => [
        ...press(words.withReason),
        {
            content: "The reason",
            trigger: `.modal ${field("reason")} textarea`,
            run: "edit A cola chega amanhã",
        },
        {
            content: "Confirm",
            trigger: ".modal button[name=action_confirm]",
            run: "click",
        },
        shows("production_state", words.approved),
        {
            content: "The reason and what is missing are in the history",
            trigger: `.o-mail-Message:contains(A cola chega amanhã):contains(${words.shortage})`,
        },
    ],
    change: (words) => [
        {
            content: "The line",
            trigger: `${LINES} .o_data_cell[name=piece_qty], ${LINES} .o_kanban_record`,
            run: "click",
        },
        type("piece_qty", 12),
        saveLine,
        ...save,
        {content: "The production", trigger: "a[name=production]", run: "click"},
        shows("listed_production_ids", words.longer),
    ],
    invoice: (words) => [
        {
            content: "The delivered order",
            trigger:
                ".o_data_row .o_data_cell:contains(Metalúrgica do passeio), .o_kanban_record:contains(Metalúrgica do passeio)",
            run: "click",
        },
        {content: "Invoice it", trigger: "#create_invoice", run: "click"},
        {
            content: "All that was delivered",
            trigger: ".modal button[name=create_invoices]",
            run: "click",
        },
        desktop({
            content: "10 pieces",
            trigger: `${field("invoice_line_ids")} .o_data_row:contains(${words.length}) td[name=piece_qty]:contains(/^10$/)`,
        }),
        mobile({
            content: "10 pieces",
            trigger: `${field("invoice_line_ids")} .o_kanban_record:contains(${words.label})`,
        }),
        {
            content: "Post",
            trigger: ".o_statusbar_buttons button[name=action_post]",
            run: "click",
        },
        {
            content: "Posted",
            trigger: ".o_form_view:not(:has(button[name=action_post]))",
        },
    ],
};

for (const [language, words] of Object.entries(LANGUAGES)) {
    for (const [name, steps] of Object.entries(TOURS)) {
        registry
            .category("web_tour.tours")
            .add(`cantoneira_sale_${name}_${language}`, {steps: () => steps(words)});
    }
}
