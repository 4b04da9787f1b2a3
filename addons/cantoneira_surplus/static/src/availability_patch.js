import {lineDescription} from "@cantoneira_sale/availability";
import {patch} from "@web/core/utils/patch";

/** What comes from surplus takes no paper: the server is told of it. */
patch(lineDescription, {
    of(line) {
        const {surplus_piece_qty, piece_length_mm} = line.data;
        const description = super.of(line);
        return surplus_piece_qty
            ? {...description, surplus_piece_qty, piece_length_mm}
            : description;
    },
});
