import {registry} from "@web/core/registry";

/** Packing and the gate: each tour once per language, at both widths. */
const LANGUAGES = {
    en_US: {
        unknown: "No pallet has this code",
        leaves: "may leave",
        again: "already left",
    },
    pt_BR: {
        unknown: "Nenhum palete tem este código",
        leaves: "pode sair",
        again: "já saiu",
    },
};

const desktop = (step) => ({isActive: ["desktop"], ...step});
const mobile = (step) => ({isActive: ["mobile"], ...step});

const answer = (status, words) => ({
    content: `The gate says ${status}`,
    trigger: `.o_gate_answer[data-status=${status}]:contains(${words})`,
});

const TOURS = {
    pack: () => [
        {
            content: "The delivery that was made",
            trigger:
                ".o_data_row .o_data_cell:contains(Metalúrgica do passeio), .o_kanban_record:contains(Metalúrgica do passeio)",
            run: "click",
        },
        {
            content: "Propose pallets",
            trigger: ".o_statusbar_buttons button[name=action_propose_pallets]",
            run: "click",
        },
        {
            content: "Two pallets",
            trigger: ".o_field_widget[name=pallet_count]:contains(2)",
        },
        desktop({
            content: "Open the first",
            trigger:
                ".o_field_widget[name=pallet_ids] .o_data_row:first button[name=action_open_pallet]",
            run: "click",
        }),
        mobile({
            content: "Open the first",
            trigger:
                ".o_field_widget[name=pallet_ids] .o_kanban_record:first button[name=action_open_pallet]",
            run: "click",
        }),
        {
            content: "Move some of it",
            trigger:
                ".o_field_widget[name=content_line_ids] button[name=action_move_to_pallet]",
            run: "click",
        },
        {
            content: "Five pieces",
            trigger: ".modal .o_field_widget[name=quantity] input",
            run: "edit 5",
        },
        {
            content: "To the other pallet",
            trigger: ".modal .o_field_widget[name=target_id] input",
            run: "click",
        },
        desktop({
            content: "Pallet 2",
            trigger: ".o-autocomplete--dropdown-item:contains(/PAL/):last",
            run: "click",
        }),
        mobile({
            content: "Pallet 2",
            trigger: ".modal .o_kanban_record:contains(/PAL/):last",
            run: "click",
        }),
        {
            content: "Move",
            trigger: ".modal button[name=action_move]",
            run: "click",
        },
        {
            content: "25 are left",
            trigger:
                "body:not(:has(.modal)) .o_field_widget[name=content_line_ids]:contains(25)",
        },
    ],
    gate: (words) => [
        {
            content: "The code of the label that was scanned is typed in",
            trigger: ".o_cantoneira_gate input:value(/^.{27}$/)",
        },
        {content: "Let it out", trigger: ".o_gate_check:enabled", run: "click"},
        answer("out", words.leaves),
        {
            content: "One of two",
            trigger: ".o_gate_progress:contains(/1.*2/)",
        },
        {
            content: "Something that is no code",
            trigger: ".o_cantoneira_gate input",
            run: "edit NADA",
        },
        {content: "Try it", trigger: ".o_gate_check:enabled", run: "click"},
        answer("unknown", words.unknown),
    ],
};

for (const [language, words] of Object.entries(LANGUAGES)) {
    for (const [name, steps] of Object.entries(TOURS)) {
        registry
            .category("web_tour.tours")
            .add(`cantoneira_dispatch_${name}_${language}`, {
                steps: () => steps(words),
            });
    }
}
