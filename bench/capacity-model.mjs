import { dearestKept } from './dearest-kept.mjs';

/** A session that is read for the request, which the bench serves from the cache: one prepared statement (docs/performance.md). */
const SESSION_READ = 129;

/**
 * A process that has idled through the night: V8 has given up compiled code, and the first thousands of requests cost
 * up to half as much again (the bench switches that off, see bench/start-program.mjs).
 */
const COLD = 1.5;

/**
 * CPU in microseconds of a login by auth code and of a guarded request whose session had to be read, Express and Nest
 * included, in a cold process and on the Node that is dearest. An upper bound.
 */
export function measuredCost() {
  return {
    login: Math.round(COLD * dearestKept('login-code')),
    guarded: Math.round(COLD * (dearestKept('guarded-express') + SESSION_READ)),
  };
}

/** What the model assumes of users; everything else is measured. Change it to what you know of yours. */
export const ASSUMED = Object.freeze({
  /** Share of all users who come on a day. */
  activeShare: 0.1,
  visitsADay: 1.5,
  /** A visit begins with a login by auth code; then come requests with its session. */
  requestsAVisit: 12,
  /** Share of the day's visits that fall into the peak hour. */
  peakHourShare: 0.2,
  /** The busiest minute against the peak hour's mean. */
  burst: 3,
  /** How busy a core may be in that minute. */
  busyAtMost: 0.6,
  /** Share of logins that are a user's first. */
  firstShare: 0.02,
});

/**
 * Rates of the busiest minute, and what they need. `cost` is in microseconds of CPU: of a login by auth code and of a
 * guarded request, the framework's part included.
 */
export function capacityFor(users, cost, assumed = ASSUMED) {
  const { activeShare, visitsADay, requestsAVisit, peakHourShare, burst, busyAtMost, firstShare } = assumed;
  const visitsADayInAll = users * activeShare * visitsADay;
  const logins = (visitsADayInAll * peakHourShare * burst) / 3_600;
  const requests = logins * requestsAVisit;
  const busyCores = (logins * cost.login + requests * cost.guarded) / 1e6;
  return {
    users,
    visitsADay: visitsADayInAll,
    loginsASecond: logins,
    requestsASecond: requests,
    walletCallsASecond: 2 * logins,
    cores: Math.max(2, Math.ceil(busyCores / busyAtMost)),
    busyCores,
    // A login reads the link and inserts a session; a first one has three statements more. A session that is asked again
    // after a second is read once more, so a visit's requests are taken as one read each.
    statementsASecond: logins * (2 + 3 * firstShare) + requests,
  };
}
