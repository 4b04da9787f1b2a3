import {registry} from "@web/core/registry";

/** A salesperson imports customers: a wrong sheet first, then the corrected one. */
const upload = (words) => async () => {
    const input = document.querySelector(".o_field_widget[name=file] input[type=file]");
    const files = new DataTransfer();
    files.items.add(new File([words], "clientes.csv", {type: "text/csv"}));
    input.files = files.files;
    input.dispatchEvent(new Event("change", {bubbles: true}));
};
const button = (name) =>
    `.o_form_statusbar button[name=${name}], .o-overlay-item button[name=${name}]`;

registry.category("web_tour.tours").add("cantoneira_import_customers", {
    steps: () => [
        {
            content: "The sheet has a CNPJ with a wrong digit",
            trigger: ".o_field_widget[name=file]",
            run: upload(
                "Nome;CNPJ;Cidade\nCliente do passeio;99.999.991/0001-26;Ivoti\n",
            ),
        },
        {content: "Check it", trigger: button("action_check"), run: "click"},
        {
            content: "The row, the column and what is wrong",
            trigger: ".o_field_widget[name=problem_ids]:contains(CNPJ/CPF)",
        },
        {
            content: "Nothing can be imported",
            trigger: ".o_form_view:not(:has(button[name=action_import]))",
        },
        {
            content: "The corrected sheet",
            trigger: ".o_field_widget[name=file]",
            run: upload("Nome;Cidade\nCliente do passeio;Ivoti\n"),
        },
        {
            content: "It has to be checked again",
            trigger: ".o_form_view:not(:has(.alert-danger:visible))",
        },
        {content: "Check it", trigger: button("action_check"), run: "click"},
        {content: "It is well", trigger: ".alert-success:visible"},
        {content: "Import it", trigger: button("action_import"), run: "click"},
        {
            content: "It is done",
            trigger: ".o_form_view:not(:has(button[name=action_import]))",
        },
    ],
});
