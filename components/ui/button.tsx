import { cva, type VariantProps } from "class-variance-authority";
import NextLink from "next/link";
import type { ComponentProps } from "react";
import { LinkPending } from "./link-pending";
import { LiveButton } from "./live-parts";
import { Spinner } from "./spinner";

/** The look of everything that is pressed. For a Radix trigger use `asChild` around a {@link Button}. */
export const buttonClass = cva(
  "relative inline-flex items-center justify-center gap-2 rounded-md border font-medium text-center transition-colors select-none disabled:cursor-not-allowed disabled:opacity-60 aria-disabled:cursor-progress [&_svg]:shrink-0",
  {
    variants: {
      variant: {
        /** The one thing to do on the page. */
        primary: "border-transparent bg-accent text-on-accent hover:bg-accent-strong active:bg-accent-strong",
        /** Anything else worth a button. */
        secondary: "border-control bg-surface text-ink hover:bg-sunken active:bg-sunken",
        /** In toolbars and headers, where borders would be noise. */
        quiet: "border-transparent bg-transparent text-accent hover:bg-sunken active:bg-sunken",
        /** Destroys something; its words name what. */
        harm: "border-transparent bg-harm text-on-harm hover:bg-harm-strong active:bg-harm-strong",
      },
      size: {
        md: "min-h-control px-4 py-1 text-body",
        sm: "min-h-8 px-3 py-0.5 text-sm pointer-coarse:min-h-control",
        /** A patient's main action, in reach of the thumb. */
        lg: "min-h-12 px-6 py-2 text-lg",
        /** Square, for one icon; needs `aria-label`. */
        icon: "size-control p-0 text-body",
      },
      wide: { true: "w-full", false: "" },
    },
    defaultVariants: { variant: "secondary", size: "md", wide: false },
  },
);

type Look = VariantProps<typeof buttonClass>;

type ButtonProps = ComponentProps<"button"> &
  Look & {
    /** While true the button shows a spinner, keeps its focus and its width, and does nothing when pressed. */
    pending?: boolean;
  };

/** A button that does something here. `type` is "button" unless said otherwise; forms use `SubmitButton`. */
export function Button({
  variant,
  size,
  wide,
  pending = false,
  type = "button",
  onClick,
  className,
  children,
  ...rest
}: ButtonProps) {
  // One that does nothing here is the server's alone; what it is must not change while it is pending, or it would lose its focus.
  const Element = onClick ? LiveButton : "button";
  return (
    <Element
      aria-disabled={pending || undefined}
      className={buttonClass({ variant, size, wide, className })}
      {...rest}
      type={pending ? "button" : type}
      onClick={pending ? undefined : onClick}
    >
      {pending ? <Spinner /> : null}
      {children}
    </Element>
  );
}

type ButtonLinkProps = ComponentProps<typeof NextLink> & Look;

/** A link that looks like a button, for the next step of a journey; it still goes somewhere, so it stays a link. */
export function ButtonLink({ variant, size, wide, className, children, ...rest }: ButtonLinkProps) {
  return (
    <NextLink className={buttonClass({ variant, size, wide, className })} {...rest}>
      {children}
      <LinkPending />
    </NextLink>
  );
}
