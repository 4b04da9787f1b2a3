import {registry} from "@web/core/registry";

/** A salesperson adds a customer from its CNPJ, having typed a name that is to stay. */
const button = "button.o_lookup_cnpj";
const value = (name, tag = "input") => `.o_field_widget[name=${name}] ${tag}`;

registry.category("web_tour.tours").add("cantoneira_br_lookup", {
    steps: () => [
        {
            content: "The number, with letters",
            trigger: value("vat"),
            run: "edit demo0001000107",
        },
        {
            content: "A name of one's own",
            trigger: ".o_field_widget[name=name] textarea",
            run: "edit Empacota do passeio",
        },
        {content: "Ask", trigger: button, run: "click"},
        {
            content: "The difference is told",
            trigger:
                ".modal-body:contains(“Empacota do passeio”):contains(EMPACOTA FACIL)",
        },
        {
            content: "What I typed stays",
            trigger: ".modal-footer button:not(.btn-primary)",
            run: "click",
        },
        {
            content: "The rest is filled in",
            trigger: `${value("city")}:value(Criciuma)`,
        },
        {
            content: "The number of the house in its field",
            trigger: `${value("street_number")}:value(100)`,
        },
        {content: "Save", trigger: ".o_form_button_save", run: "click"},
        {content: "It is saved", trigger: ".o_form_saved"},
    ],
});
