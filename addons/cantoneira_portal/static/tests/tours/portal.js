import {registry} from "@web/core/registry";

/** The customer with the link: reads pieces × mm, signs, follows the production. */
const LANGUAGES = {
    en_US: {
        pieces: "10 pcs × 2,500 mm",
        weight: "3.695",
        first: "Quotation",
        next: "Approved",
    },
    pt_BR: {
        pieces: "10 pç × 2.500 mm",
        weight: "3,695",
        first: "Orçamento",
        next: "Aprovado",
    },
};

const current = (label) =>
    `section[name=order_progress] li[aria-current=step]:contains(${label})`;

for (const [language, words] of Object.entries(LANGUAGES)) {
    registry.category("web_tour.tours").add(`cantoneira_portal_accept_${language}`, {
        steps: () => [
            {content: "Where it stands", trigger: current(words.first)},
            {
                content: "Pieces × length and kilograms",
                trigger: `#sales_order_table tr:contains(${words.pieces}):contains(${words.weight})`,
            },
            {
                content: "Accept",
                trigger: "#sale_order_sidebar_button a[data-bs-target='#modalaccept']",
                run: "click",
            },
            {
                content: "Who signs",
                trigger: ".modal .o_web_sign_name_input",
                run: "edit Ana Compradora",
            },
            {
                content: "The signature is drawn from the name",
                trigger: ".modal .o_web_sign_auto_button",
                run: "click",
            },
            {
                // Core lets one sign before the font is there, and then says that nothing was.
                content: "It is drawn",
                trigger: ".modal canvas.o_web_sign_signature",
                run: "canvasNotEmpty",
            },
            {
                content: "Sign",
                trigger: ".modal .o_portal_sign_submit:enabled",
                run: "click",
                expectUnloadPage: true,
            },
            {content: "It is approved", trigger: current(words.next)},
        ],
    });
}
