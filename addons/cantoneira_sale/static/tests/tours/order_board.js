import {registry} from "@web/core/registry";

/** The order board as a plain salesperson opens it, at both widths. */
const LANGUAGES = {
    en_US: {
        waiting: "Waiting for material",
        ready: "Material ready",
        columns: ["Quotation", "Approved", "In production", "Finished", "Delivered"],
        few: "10 pcs · 25.00 m",
        many: "400 pcs · 1,000.00 m",
    },
    pt_BR: {
        waiting: "Aguardando material",
        ready: "Material disponível",
        columns: ["Orçamento", "Aprovado", "Em produção", "Finalizado", "Entregue"],
        few: "10 pç · 25,00 m",
        many: "400 pç · 1.000,00 m",
    },
};

const CARD = ".o_kanban_record:contains(Metalúrgica do passeio)";

for (const [language, words] of Object.entries(LANGUAGES)) {
    registry.category("web_tour.tours").add(`cantoneira_sale_board_${language}`, {
        steps: () => [
            ...words.columns.map((column, index) => ({
                content: `Column ${index + 1} is ${column}`,
                trigger: `.o_kanban_group:eq(${index}) .o_column_title:contains(${column})`,
            })),
            {
                content: "What is there",
                trigger: `.o_kanban_group:eq(1) ${CARD}:contains(${words.few}):contains(${words.ready})`,
            },
            {
                content: "What waits",
                trigger: `.o_kanban_group:eq(1) ${CARD}:contains(${words.many}):contains(${words.waiting})`,
            },
            {
                content: "No card can be dragged",
                trigger: `.o_kanban_renderer:not(:has(.o_draggable))`,
            },
            {
                content: "Into the order",
                trigger: `${CARD}:contains(${words.many})`,
                run: "click",
            },
            {
                content: "The order",
                trigger: ".o_form_view .o_field_widget[name=production_state]",
            },
        ],
    });
}
