/** The bundler turns the import of a font's file into its address. */
declare module "*.woff2" {
  const address: string;
  export default address;
}
