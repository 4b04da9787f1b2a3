import {useEffect, useRef} from "@odoo/owl";

/**
 * Whenever one of what ``dependencies`` gives changes, what was opened below the fold
 * (``.o_floor_panel`` in the element with ``t-ref="root"``) comes into view.
 */
export function usePanelInView(dependencies) {
    const root = useRef("root");
    useEffect(() => {
        const panel = root.el?.querySelector(".o_floor_panel");
        panel?.scrollIntoView({block: "nearest"});
    }, dependencies);
}
