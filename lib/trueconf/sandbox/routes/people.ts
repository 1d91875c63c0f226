import { Hono } from "hono";
import { z } from "zod";
import { ringUsers } from "../domain/calls";
import { Refusal } from "../domain/refusal";
import { localId } from "../domain/users";
import type { SandboxState } from "../state";
import { parse } from "../wire";
import { type AppContext, type AppEnv, answer, pathParameter, readJson, requireScope } from "./http";
import { viewInvitation, viewParticipant } from "./views";

const invitationSchema = z.object({ id: z.string().min(1), display_name: z.string().optional() });

/** Who is in a conference, and who is asked into it. */
export function peopleRoutes(state: SandboxState): Hono<AppEnv> {
  const { conferences, rooms } = state;
  const inside = ["conferences", "conferences.participants"];
  const mayReadInside = requireScope(state, ...inside, "conferences.participants:read");
  const mayCall = requireScope(state, ...inside, "conferences.participants:write");
  const mayInvite = requireScope(state, "conferences", "conferences.invitations");
  const conferenceOf = (c: AppContext) => conferences.require(pathParameter(c, "id"));
  const invitationOf = (c: AppContext) => {
    const id = pathParameter(c, "invitation");
    const found = conferenceOf(c).invitations.find((one) => one.id === id);
    if (!found) throw new Refusal(404, "invitationNotFound", `Invitation '${id}' is not found.`);
    return found;
  };
  const call = (c: AppContext, ids: readonly string[]) => {
    const conference = conferenceOf(c);
    if (conference.state === "stopped")
      throw new Refusal(400, "conferenceNotRunning", "Conference is not running");
    ringUsers(
      state,
      conference,
      ids.map((id) => state.users.require(id)),
    );
  };

  return new Hono<AppEnv>()
    .get("/:id/participants", mayReadInside, (c) => {
      const conference = conferenceOf(c);
      const participants = rooms
        .list(conference.id)
        .map((participant) => viewParticipant(state, conference, participant));
      return answer(c, { participants });
    })
    .post("/:id/participants", mayCall, async (c) => {
      const { participant_id } = parse(z.object({ participant_id: z.string().min(1) }), await readJson(c));
      call(c, [participant_id]);
      return answer(c, { participant_id });
    })
    .post("/:id/invite", mayCall, async (c) => {
      const { participants } = parse(
        z.object({ participants: z.array(z.string().min(1)) }),
        await readJson(c),
      );
      call(c, participants);
      return answer(c, { participants });
    })
    .get("/:id/invitations", mayInvite, (c) => {
      const conference = conferenceOf(c);
      const invitations = conference.invitations.map((one) => viewInvitation(state, conference, one));
      return answer(c, { invitations });
    })
    .post("/:id/invitations", mayInvite, async (c) => {
      const conference = conferenceOf(c);
      const invitation = parse(invitationSchema, await readJson(c));
      const others = conference.invitations.filter(({ id }) => localId(id) !== localId(invitation.id));
      conference.invitations = [...others, invitation];
      return answer(c, { invitation: viewInvitation(state, conference, invitation) });
    })
    .get("/:id/invitations/:invitation", mayInvite, (c) =>
      answer(c, { invitation: viewInvitation(state, conferenceOf(c), invitationOf(c)) }),
    )
    .put("/:id/invitations/:invitation", mayInvite, async (c) => {
      const invitation = invitationOf(c);
      const { display_name } = parse(z.object({ display_name: z.string().min(1) }), await readJson(c));
      invitation.display_name = display_name;
      return answer(c, { invitation: viewInvitation(state, conferenceOf(c), invitation) });
    })
    .delete("/:id/invitations/:invitation", mayInvite, (c) => {
      const conference = conferenceOf(c);
      const { id } = invitationOf(c);
      conference.invitations = conference.invitations.filter((one) => one.id !== id);
      return answer(c, { id });
    });
}
