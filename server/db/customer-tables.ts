/** Customers, what belongs to them, and what an import has staged. */
export interface CustomerTables {
  customer: CustomerTable
  customer_phone: CustomerPhoneTable
  contract: ContractTable
  phone_choice: PhoneChoiceTable
  customer_representative: CustomerRepresentativeTable
  customer_import: CustomerImportTable
  import_row: ImportRowTable
  import_phone: ImportPhoneTable
  import_contract: ImportContractTable
}

export interface CustomerTable {
  id: string
  code: string
  name: string
  kind: string
  email: string | null
  address: string
  note: string
  version: number
  created_at: string
  updated_at: string
  /** Who signed the contract, where that is not the name of the customer. */
  holder_name: string | null
  holder_paper: string | null
}

/** Unique (customer_id, phone_key); one number may belong to several customers. */
export interface CustomerPhoneTable {
  id: string
  customer_id: string
  phone_key: string
  raw: string
  label: string
}

export interface ContractTable {
  id: string
  customer_id: string
  contract_no: string
  service_plan: string
  installation_address: string
  area_class: string
  circuit_id: string | null
  suspended: number
  /** `active`, `suspended` or `ended`; `suspended` says the same as it did before there was this. */
  status: string | null
  /** JSON: names of what is delivered. */
  services: string | null
  area: string | null
}

/** Who may speak for the customer, by which paper and until which local date. */
export interface CustomerRepresentativeTable {
  id: string
  customer_id: string
  name: string
  number_raw: string | null
  paper: string
  valid_until: string | null
}

/** The agent's last pick between several customers of one number. */
export interface PhoneChoiceTable {
  phone_key: string
  customer_id: string
  chosen_by: string
  chosen_at: string
}

/** One reading of a file of customers; `faults` is JSON of the first bad lines. */
export interface CustomerImportTable {
  id: string
  status: string
  dry_run: number
  by_id: string
  started_at: string
  ended_at: string | null
  lines: number
  created: number
  updated: number
  unchanged: number
  fault_count: number
  faults: string
}

/** A customer as the import will write it; gone when the import is over. */
export interface ImportRowTable extends Omit<
  CustomerTable,
  'id' | 'version' | 'created_at' | 'updated_at'
> {
  import_id: string
  line: number
  /** `create` or `update`; what does not change is not staged. */
  change: string
  /** The version that was read; another one means that the line has to be read again. */
  base_version: number
  customer_id: string
}

export type ImportPhoneTable = CustomerPhoneTable & { import_id: string }
export type ImportContractTable = ContractTable & { import_id: string }
