import NextAuth from "next-auth";
import { authOptions } from "@/lib/auth/options";
import { privateJson } from "@/lib/security/api-request";
import { isOwnOrigin } from "@/lib/security/origin";

type Context = { params: Promise<{ nextauth: string[] }> };

const handle = (request: Request, context: Context): Promise<Response> =>
  NextAuth(authOptions())(request, context);

/** next-auth has a token of its own against forged posts; the origin is looked at as at every other door. */
const handlePost = async (request: Request, context: Context): Promise<Response> =>
  isOwnOrigin(request.headers) ? handle(request, context) : privateJson({ reason: "forbidden" }, 403);

export { handle as GET, handlePost as POST };
