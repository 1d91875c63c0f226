export { default } from "@/app/(patient)/layout";
