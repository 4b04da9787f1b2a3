import {useSubEnv} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {ProductCatalogKanbanController} from "@product/product_catalog/kanban_controller";
import {ProductCatalogKanbanRecord} from "@product/product_catalog/kanban_record";
import {patch} from "@web/core/utils/patch";
import {useService} from "@web/core/utils/hooks";

/** A profile has no quantity to count up: its pieces and lengths are asked for. */
patch(ProductCatalogKanbanRecord.prototype, {
    setup() {
        super.setup();
        this.action = useService("action");
        this.orm = useService("orm");
        useSubEnv({
            isComposite: this.isComposite,
            askPieces: this.askPieces.bind(this),
        });
    },

    get isComposite() {
        return (
            this.props.record.context.product_catalog_order_model === "sale.order" &&
            Boolean(this.props.record.data.composite_length)
        );
    },

    updateQuantity(quantity) {
        const {quantity: pieces, readOnly} = this.productCatalogData;
        if (this.isComposite && (readOnly || (!pieces && quantity))) {
            return this.askPieces();
        }
        return super.updateQuantity(...arguments);
    },

    /** The fast entry of the order, for this profile; the card then says what was added. */
    async askPieces() {
        const action = await this.orm.call("sale.order", "action_fast_entry", [
            [this.env.orderId],
        ]);
        action.context.default_product_id = this.env.productId;
        await this.action.doAction(action, {
            onClose: () => this.props.record.model.root.load(),
        });
    },
});

/** Portuguese has two words for a quotation, and core's catalogue says the other one. */
patch(ProductCatalogKanbanController.prototype, {
    _defineButtonContent() {
        super._defineButtonContent();
        if (
            this.orderResModel === "sale.order" &&
            ["draft", "sent"].includes(this.orderStateInfo.state)
        ) {
            this.buttonString = _t("Back to the quotation");
        }
    },
});
