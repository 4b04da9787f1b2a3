import {registry} from "@web/core/registry";

const click = (content, trigger) => ({content, trigger, run: "click"});
const unwinder = (number) => `.o_floor_unwinder[data-unwinder='Unwinder ${number}']`;

registry.category("web_tour.tours").add("cantoneira_floor_reel_operator", {
    steps: () => [
        click("My line", ".o_floor_machine:contains(Linha 1)"),
        click("First of the queue", ".o_floor_card:eq(0):contains(10)"),
        click("First unwinder", unwinder(1)),
        {
            content: "It opens where it is seen",
            trigger: ".o_floor_mount",
            run({anchor}) {
                const {top, bottom} = anchor.getBoundingClientRect();
                if (top > window.innerHeight || bottom > window.innerHeight + 1) {
                    throw new Error(`The panel ends ${bottom} px down the screen.`);
                }
            },
        },
        click("The reel that came first", ".o_floor_reel:contains(CORE-1)"),
        {
            content: "It is on",
            trigger: `${unwinder(1)}:contains(CORE-1):contains(2 kg)`,
        },
        click("Second unwinder", unwinder(2)),
        {content: "Type", trigger: ".o_floor_code", run: "edit LINER-1"},
        click("Mount", ".o_floor_mount_code"),
        {content: "It is on", trigger: `${unwinder(2)}:contains(LINER-1)`},
        click("Third unwinder", unwinder(3)),
        {content: "Another paper", trigger: ".o_floor_code", run: "edit OTHER-1"},
        click("Mount", ".o_floor_mount_code"),
        {
            content: "Told plainly",
            trigger: ".o_floor_mount_question:contains(WRONG PAPER)",
        },
        click("All the same", ".o_floor_mount_anyway"),
        {content: "It is marked", trigger: `${unwinder(3)} .o_floor_wrong`},
        click("Off again", unwinder(3)),
        click("5", ".o_floor_weigh_back button[data-digit='5']"),
        click("5 kg", ".o_floor_back"),
        {content: "Empty", trigger: `${unwinder(3)}:contains(empty)`},
        click("Start", ".o_floor_start"),
        click("Ten more", ".o_floor_plus_ten"),
        click("Record", ".o_floor_record"),
        click("The reel ends", `${unwinder(1)}:contains(CORE-1)`),
        click("Finished", ".o_floor_empty_reel"),
        {content: "Empty", trigger: `${unwinder(1)}:contains(empty)`},
        click("The next one", unwinder(1)),
        click("CORE-2", ".o_floor_reel:contains(CORE-2)"),
        {content: "It is on", trigger: `${unwinder(1)}:contains(CORE-2)`},
        click("Finish", ".o_floor_finish"),
        {
            content: "Both reels",
            trigger:
                ".o_floor_materials .o_floor_material:contains(400g):contains(2.8)",
        },
        click("Yes", ".o_floor_finish_yes"),
        {content: "Finished", trigger: ".o_floor_order[data-state=done]"},
    ],
});
