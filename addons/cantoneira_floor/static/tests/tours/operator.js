import {registry} from "@web/core/registry";

const click = (content, trigger) => ({content, trigger, run: "click"});

registry.category("web_tour.tours").add("cantoneira_floor_operator", {
    steps: () => [
        click("My line", ".o_floor_machine:contains(Linha 1)"),
        click("First of the queue", ".o_floor_card:eq(0):contains(10)"),
        click("Start", ".o_floor_start"),
        click("One more", ".o_floor_order[data-state=running] .o_floor_plus"),
        click("Ten more", ".o_floor_plus_ten"),
        click("Record 11", ".o_floor_record:contains(11)"),
        click("Type", ".o_floor_number:contains(11)"),
        click("Clear", ".o_floor_pad button:contains(C)"),
        click("1", ".o_floor_pad button[data-digit='1']"),
        click("2", ".o_floor_pad button[data-digit='2']"),
        click("Record 12", ".o_floor_record:contains(12)"),
        click("Pause", ".o_floor_pause"),
        click("For a meal", ".o_floor_reason:contains(Meal)"),
        click("Go on", ".o_floor_resume"),
        click("Scrap", ".o_floor_scrap"),
        click("3", ".o_floor_pad button[data-digit='3']"),
        click("Start-up", ".o_floor_reason:contains(Start-up)"),
        {content: "Scrap is shown", trigger: ".o_floor_scrapped:contains(3)"},
        click("Finish", ".o_floor_finish"),
        click("Yes", ".o_floor_finish_yes"),
        click("Next order", ".o_floor_next"),
        click("Start it", ".o_floor_start"),
        {
            content: "It runs",
            trigger: ".o_floor_order[data-state=running]:contains(1,237.5 mm)",
        },
    ],
});
