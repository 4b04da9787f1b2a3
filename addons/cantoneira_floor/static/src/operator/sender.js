import {browser} from "@web/core/browser/browser";
import {ConnectionLostError} from "@web/core/network/rpc";
import {uuid} from "@web/core/utils/strings";

const PENDING = "cantoneira_floor.pending";
export const RETRY = 3000;

/**
 * Sends what a finger did until the server has answered. It is kept in the browser meanwhile and
 * always has the same key, so that the server does it once, even after a reload.
 */
export class Sender {
    constructor(orm, {onOffline, isAlive}) {
        this.orm = orm;
        this.onOffline = onOffline;
        this.isAlive = isAlive;
    }

    get pending() {
        try {
            return JSON.parse(browser.localStorage.getItem(PENDING));
        } catch {
            return null;
        }
    }

    /** The answer of the server; null when the screen was left meanwhile. */
    send(method, orderId, args) {
        return this.deliver({method, orderId, args, key: uuid()});
    }

    async deliver(operation) {
        browser.localStorage.setItem(PENDING, JSON.stringify(operation));
        const {method, orderId, key, args} = operation;
        while (this.isAlive()) {
            try {
                const answer = await this.orm.silent.call("mrp.production", method, [
                    [orderId],
                    key,
                    ...args,
                ]);
                this.settle();
                return answer;
            } catch (error) {
                if (!(error instanceof ConnectionLostError)) {
                    this.settle();
                    throw error;
                }
                this.onOffline(true);
                await new Promise((resolve) => browser.setTimeout(resolve, RETRY));
            }
        }
        return null;
    }

    settle() {
        browser.localStorage.removeItem(PENDING);
        this.onOffline(false);
    }
}
