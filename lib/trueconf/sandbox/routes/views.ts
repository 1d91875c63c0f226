import type { Conference } from "../domain/conferences";
import type { Session } from "../domain/sessions";
import { localId, type User } from "../domain/users";
import type { Participant } from "../rooms";
import type { SandboxState } from "../state";

/** The shapes in which v3 answers; only documented fields ever leave. */

export const conferencePath = (id: string): string => `/webrtc/${encodeURIComponent(id)}`;

export function viewConference({ url }: SandboxState, conference: Conference) {
  const { autoStartSpent: _, createdAt, schedule, ...fields } = conference;
  return {
    ...fields,
    schedule: schedule.type === -1 ? schedule : { ...schedule, special_time_offset: schedule.time_offset },
    access: conference.allow_guests ? "public" : "private",
    url: `${url}/c/${encodeURIComponent(conference.id)}`,
    webclient_url: `${url}${conferencePath(conference.id)}`,
    created_at: createdAt,
    broadcast_enabled: false,
    broadcast_id: null,
    broadcast: null,
  };
}

export const viewUser = ({ hostname, users }: SandboxState, { id, displayName, status }: User) => ({
  id,
  uid: `${id}@${hostname}`,
  avatar: null,
  login_name: id,
  email: `${id}@example.test`,
  display_name: displayName,
  first_name: "",
  last_name: "",
  company: "",
  groups: users.groups
    .filter(({ userIds }) => userIds.includes(id))
    .map((group) => ({ id: group.id, display_name: group.displayName, rights: [] })),
  mobile_phone: "",
  work_phone: "",
  home_phone: "",
  is_active: 1,
  status,
});

export function viewParticipant(
  { hostname }: SandboxState,
  conference: Conference,
  { person, joinedAt }: Participant,
) {
  const isOwner = person.kind === "user" && person.id === localId(conference.owner);
  return {
    id: person.id,
    uid: `${person.id}@${hostname}`,
    display_name: person.displayName,
    join_time: joinedAt,
    is_owner: isOwner ? 1 : 0,
  };
}

export function viewInvitation(
  { hostname, users }: SandboxState,
  conference: Conference,
  { id, display_name }: Conference["invitations"][number],
) {
  const user = users.find(id);
  return {
    id,
    uid: user ? `${user.id}@${hostname}` : id,
    display_name: display_name ?? user?.displayName ?? id,
    is_owner: localId(id) === localId(conference.owner) ? 1 : 0,
    type: user ? "user" : "custom",
  };
}

const viewInstant = (seconds: number) => ({
  date: `${new Date(seconds * 1000).toISOString().slice(0, 19).replace("T", " ")}.000000`,
  timezone_type: 3,
  timezone: "UTC",
});

export const viewSession = (session: Session, nowSeconds: number) => ({
  conference_id: session.id,
  named_conf_id: session.conferenceId,
  topic: session.topic,
  class: 2,
  type: session.type,
  subtype: 0,
  owner: session.owner,
  participant_count: new Set([...session.attendances.values()].map(({ callId }) => callId)).size,
  start_time: viewInstant(session.startedAt),
  duration: (session.endedAt ?? nowSeconds) - session.startedAt,
  end_time: session.endedAt === null ? null : viewInstant(session.endedAt),
});

export const viewAttendances = ({ attendances }: Session, nowSeconds: number) =>
  [...attendances.values()].map(({ callId, displayName, joinedAt, leftAt }) => ({
    call_id: callId,
    display_name: displayName,
    app_id: "sandbox",
    join_time: viewInstant(joinedAt),
    leave_time: leftAt === null ? null : viewInstant(leftAt),
    duration: (leftAt ?? nowSeconds) - joinedAt,
    leave_reason: leftAt === null ? null : 0,
  }));
