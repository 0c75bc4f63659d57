import { Inject } from '@nestjs/common';
import { getRepositoryToken } from '@nestjs/typeorm';
import { EntitySchema } from 'typeorm';

const Link = new EntitySchema({
  name: 'PeerLink',
  columns: {
    id: { type: Number, primary: true, generated: true },
    userId: { type: String, unique: true },
    accountId: { type: String },
  },
});
const Session = new EntitySchema({
  name: 'PeerSession',
  columns: {
    id: { type: Number, primary: true, generated: true },
    token: { type: String },
    accountId: { type: String },
  },
});

/** Links and sessions as a Nest team keeps them: a service over TypeORM's repositories. A returning login writes no link. */
export class PeerAccounts {
  static entities = [Link, Session];

  constructor(links, sessions) {
    Object.assign(this, { links, sessions });
  }

  async accountOf(userId) {
    const { accountId } = (await this.links.findOne({ where: { userId } })) ?? (await this.firstLogin(userId));
    return accountId;
  }

  firstLogin(userId) {
    const link = { userId, accountId: `account-${userId}` };
    // Two at a time: who loses reads what the other has written.
    return this.links.save(link).catch(() => this.links.findOneByOrFail({ userId }));
  }

  /** `insert` is one statement; `save` would open a transaction around it. */
  async openSession(token, accountId) {
    await this.sessions.insert({ token, accountId });
  }
}
Inject(getRepositoryToken(Link))(PeerAccounts, undefined, 0);
Inject(getRepositoryToken(Session))(PeerAccounts, undefined, 1);
