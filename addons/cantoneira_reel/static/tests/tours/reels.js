import {registry} from "@web/core/registry";

const tours = registry.category("web_tour.tours");
const dialog = ".modal:not(.o_inactive_modal)";

/** A button of the form's header; on a phone it may be in the menu of actions. */
function press(name, content) {
    return [
        {
            content: `Unfold the actions, where they are folded, to ${content}`,
            trigger: `button[name=${name}], .o_statusbar_buttons .oi-ellipsis-v`,
            run() {
                if (!document.querySelector(`button[name=${name}]`)) {
                    this.anchor.closest("button").click();
                }
            },
        },
        {content, trigger: `button[name=${name}]`, run: "click"},
    ];
}

/** The document's state: a phone shows only that one. */
const inState = (label) => [
    {
        isActive: ["desktop"],
        content: label,
        trigger: `body:not(:has(.modal)) .o_arrow_button_current:contains(${label})`,
    },
    {
        isActive: ["mobile"],
        content: label,
        trigger: `body:not(:has(.modal)) .o_statusbar_status:contains(${label})`,
    },
];

tours.add("cantoneira_reel_receive", {
    steps: () => [
        ...press("action_weigh_reels", "Weigh the reels"),
        {
            content: "What is expected is said",
            trigger: `${dialog} .alert:contains(/500/)`,
        },
        {
            content: "Three weights, as the scale says them",
            trigger: `${dialog} .o_field_widget[name=typed] textarea`,
            async run({edit}) {
                await edit("150,5\n149,5\nK-77;200;LOTE 9");
            },
        },
        {
            content: "Add them",
            trigger: `${dialog} button[name=action_add]`,
            run: "click",
        },
        {
            content: "They are there",
            trigger: `${dialog} .o_field_widget[name=line_ids] :contains(K-77)`,
        },
        {
            content: "All of it was weighed",
            trigger: `${dialog} .alert:contains(/3 reels/)`,
        },
        {
            content: "Receive",
            trigger: `${dialog} button[name=action_receive]`,
            run: "click",
        },
        ...inState("Done"),
    ],
});

tours.add("cantoneira_reel_count", {
    steps: () => [
        ...press("action_start", "Begin"),
        ...inState("Counting"),
        ...press("action_scan", "Scan"),
        {
            content: "The first reel's number",
            trigger: `${dialog} .o_field_widget[name=code] input`,
            run: "edit K-1",
        },
        {
            content: "Its weight",
            trigger: `${dialog} .o_field_widget[name=quantity] input`,
            run: "edit 98",
        },
        {
            content: "Why it differs",
            trigger: `${dialog} .o_field_widget[name=reason] input`,
            run: "edit Aparas",
        },
        {
            content: "Next",
            trigger: `${dialog} button[name=action_next]`,
            run: "click",
        },
        {
            content: "It was taken",
            trigger: `${dialog} .alert-success:contains(K-1)`,
        },
        {
            content: "Close",
            trigger: `${dialog} .modal-footer button[special=cancel], ${dialog} .o_form_button_cancel, ${dialog} footer .btn:contains(Close)`,
            run: "click",
        },
        {
            content: "Closed",
            trigger: "body:not(:has(.modal))",
        },
        ...press("action_finish", "Finish"),
        ...inState("Done"),
    ],
});

/** Choose the other place, in the dialog that moves something. */
const chooseShelf = [
    {
        isActive: ["desktop"],
        content: "Where to",
        trigger: `${dialog} .o_field_widget[name=location_dest_id] input`,
        run: "edit Prateleira Z",
    },
    {
        isActive: ["desktop"],
        content: "Choose it",
        trigger: ".o-autocomplete--dropdown-item:contains(Prateleira Z)",
        run: "click",
    },
    {
        isActive: ["mobile"],
        content: "Look at the places",
        trigger: `${dialog} .o_field_widget[name=location_dest_id] input`,
        run: "click",
    },
    {
        isActive: ["mobile"],
        content: "Choose it",
        trigger: ".modal .o_kanban_record:contains(Prateleira Z)",
        run: "click",
    },
];

tours.add("cantoneira_reel_where", {
    steps: () => [
        {
            content: "The reel's card",
            trigger: ".o_kanban_record:contains(K-1)",
        },
        {
            content: "Move it",
            trigger: ".o_kanban_record:contains(K-1) button[name=action_move_stock]",
            run: "click",
        },
        ...chooseShelf,
        {
            content: "Go",
            trigger: `${dialog} button[name=action_move]`,
            run: "click",
        },
        {
            content: "It is there",
            trigger: ".o_kanban_record:contains(K-1):contains(Prateleira Z)",
        },
        {
            content: "Weigh it",
            trigger: ".o_kanban_record:contains(K-1) button[name=action_count_stock]",
            run: "click",
        },
        {
            content: "The scale says",
            trigger: `${dialog} .o_field_widget[name=quantity] input`,
            run: "edit 99",
        },
        {
            content: "Why",
            trigger: `${dialog} .o_field_widget[name=reason] input`,
            run: "edit Pesada de novo",
        },
        {
            content: "Count",
            trigger: `${dialog} button[name=action_count]`,
            run: "click",
        },
        {
            content: "It weighs 99",
            trigger: ".o_kanban_record:contains(K-1):contains(/99[.,]00/)",
        },
    ],
});

const found = "[data-place]:contains(K-1)";

tours.add("cantoneira_reel_find", {
    steps: () => [
        {
            content: "Scan the label",
            trigger: ".o_cantoneira_find input",
            run: "edit k-1 && press Enter",
        },
        {
            content: "It stands there",
            trigger: `${found}:contains(100)`,
        },
        {
            content: "Move it",
            trigger: `${found} button[name=move]`,
            run: "click",
        },
        ...chooseShelf,
        {
            content: "Go",
            trigger: `${dialog} button[name=action_move]`,
            run: "click",
        },
        {
            content: "The screen says so",
            trigger: `${found}:contains(Prateleira Z)`,
        },
        {
            content: "Count it",
            trigger: `body:not(:has(.modal)) ${found} button[name=count]`,
            run: "click",
        },
        {
            content: "The scale says",
            trigger: `${dialog} .o_field_widget[name=quantity] input`,
            run: "edit 99",
        },
        {
            content: "Why",
            trigger: `${dialog} .o_field_widget[name=reason] input`,
            run: "edit Pesada de novo",
        },
        {
            content: "Count",
            trigger: `${dialog} button[name=action_count]`,
            run: "click",
        },
        {
            content: "It came back from the machine",
            trigger: `body:not(:has(.modal)) ${found}:contains(99) button[name=weigh]`,
            run: "click",
        },
        {
            content: "The scale says",
            trigger: `${dialog} .o_field_widget[name=weight] input`,
            run: "edit 97",
        },
        {
            content: "Weigh it back",
            trigger: `${dialog} button[name=action_weigh]`,
            run: "click",
        },
        {
            content: "It weighs 97; more of it came",
            trigger: `body:not(:has(.modal)):has(${found}:contains(97)) button[name=receive]`,
            run: "click",
        },
        {
            content: "One reel",
            trigger: `${dialog} .o_field_widget[name=typed] textarea`,
            run: "edit 50",
        },
        {
            content: "Receive it",
            trigger: `${dialog} button[name=action_receive]`,
            run: "click",
        },
        {
            content: "Nothing more is expected",
            trigger:
                "body:not(:has(.modal)):not(:has(button[name=receive])) .o_cantoneira_find:contains(147)",
        },
    ],
});
