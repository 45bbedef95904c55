/** Owns the place of a plan. */
export function PlanView({ planId, section }: { readonly planId: string; readonly section: string }) {
  return <main id="main">{planId} {section}</main>
}
