/** A one-time code on its way to the owner of an account. */
export interface LinkProof<Id extends string | number = string> {
  readonly accountId: Id;
  /** Which contact on record at that account gets the code. */
  readonly contact: 'email' | 'phone';
  /** 8 characters without look-alikes. As secret as a password. */
  readonly code: string;
  /** Epoch milliseconds. */
  readonly expiresAt: number;
  /** Both let a VodaPay wallet open the account; `move`: one that opened another account until now. */
  readonly purpose: 'link' | 'move';
  /** Who asks. The option `linking.merchantName`. */
  readonly merchantName: string;
}

/**
 * Sends one-time codes: a port that the application implements (type and injection token at once).
 *
 * @example
 * class CodesByMail extends LinkProofSender {
 *   async send({ accountId, code, merchantName }) {
 *     await mail(await emailOf(accountId), `${merchantName}: ${code} lets the VodaPay app open your account. Not you? Ignore this.`);
 *   }
 * }
 */
export abstract class LinkProofSender<Id extends string | number = string> {
  /**
   * Sends the code to the contact ON RECORD at the account, verified by the merchant; never to one of the wallet's
   * profile (R5). The message names the merchant and says what the code does. A rejection refuses the login with
   * VODAPAY_LINK_PROOF_NOT_SENT.
   */
  abstract send(proof: LinkProof<Id>): Promise<void>;
}
