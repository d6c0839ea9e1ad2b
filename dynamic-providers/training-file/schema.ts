import type { PartRecord } from "../../datasets/sources/part";

export interface TrainingFileArgs {
  /** ARM ID of the Azure OpenAI account. Its endpoint is looked up there: an address is never an input. */
  accountId: string;
  /** The id by its names, where the stack makes the account: known before that exists. Default none. */
  accountPath?: string;
  /** Region of the account: with the id it is the account's identity. */
  location: string;
  /** Path of the JSONL file, relative to the project folder or absolute; or whatever else the Dataset takes. */
  path: string;
  /** The files that the Dataset found, where it is not one on disk: blobs are uploaded as they were then, or not at all. Default none. */
  parts?: PartRecord[];
  /** SHA-256 that the Dataset found; the upload is refused when the file no longer has it. */
  sha256: string;
  /** Hash by which the content is known (Dataset): the file is uploaded again when it changes. Default `sha256`. */
  contentSha256?: string;
  /** Size in bytes that the Dataset found. */
  bytes: number;
  /** The service's name for the use of the file. Default `fine-tune`. */
  purpose: string;
  /** Keep the remote file on destroy. Default false. */
  retain?: boolean;
  /** A job made elsewhere that is to outlast the stack (existingJobId): where it was trained on this very file, the file stays too. */
  adoptedJobId?: string;
  /** Whether this stack makes the role assignments, so that a missing role may only need time. Default true. */
  rolesManaged?: boolean;
  /** `project/stack` in an account that isn't the stack's own: there are deployments, files and jobs of others. Absent in its own. */
  owner?: string;
}

export interface TrainingFileInputs extends TrainingFileArgs {
  /** `<stem>-<12 hex>.jsonl`, by which an earlier upload of the same bytes is found again. */
  remoteName: string;
}

export interface TrainingFileState extends TrainingFileInputs {
  stateVersion: 1;
  /** `file-<32 hex>`. */
  fileId: string;
  /** Status when last seen; `processed` is the only good end. */
  status: string;
  /** Unix seconds. */
  createdAt: number;
}

/** An interrupted upload in parts; the next `up` resumes it while the service keeps it. */
export interface UnfinishedUpload {
  id: string;
  /** Unix seconds; afterwards the service has dropped it. */
  expiresAt: number;
  parts: { id: string; bytes: number; sha256: string }[];
}

/** What a create or update that failed leaves in the state. */
export interface PartialTrainingFileState extends TrainingFileInputs {
  stateVersion: 1;
  fileId?: string;
  status?: string;
  createdAt?: number;
  upload?: UnfinishedUpload;
}
