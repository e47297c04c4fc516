import {
  keepPreviousData,
  QueryCache,
  QueryClient,
  useMutation,
  useQuery,
  type UseMutationResult,
  type UseQueryResult,
} from "@tanstack/react-query";
import { reads } from "./bindings/Commands";
import { call, type CallOptions, type Name, onChanged, type Request, type Response } from "./client";
import { BackendError } from "./error";

/** Failures that say there is nothing to answer from. */
const gone: ReadonlySet<string> = new Set(["no-data", "no-project"]);

const tagsOf = reads as Partial<Record<string, readonly string[]>>;

/** The cache of everything read from the backend. `onError` gets the failures of acts that nobody else shows. */
export function makeQueryClient(onError: (error: BackendError) => void): QueryClient {
  const client = new QueryClient({
    queryCache: new QueryCache({
      // When there are no data any more, the answer kept from before is of data that are gone. After any other failure
      // it may still hold, and stays.
      onError: (error, query) => {
        if (error instanceof BackendError && gone.has(error.code)) query.setState({ data: undefined });
      },
    }),
    defaultOptions: {
      // State changes only through acts, and those say what they changed: time makes nothing stale.
      queries: { staleTime: Infinity, gcTime: 5 * 60_000, retry: false, refetchOnWindowFocus: false, networkMode: "always" },
      mutations: {
        networkMode: "always",
        onError: (error) => onError(error as BackendError),
      },
    },
  });
  onChanged((changed) => {
    void client.invalidateQueries({
      predicate: ({ queryKey }) => tagsOf[String(queryKey[0])]?.some((tag) => changed.includes(tag)) ?? false,
    });
  });
  return client;
}

export interface ReadOptions {
  /** `false` while there is nothing to ask yet. */
  enabled?: boolean;
  /** Show the answer to the previous request until the new one is there, so that lists do not blink. */
  keepPrevious?: boolean;
}

/** The key under which the answer to a read is kept. */
export const keyOf = <N extends Name>(name: N, request: Request<N>) => [name, request] as const;

/** The answer to a read, kept and refreshed whenever an act changes what it depends on. */
export function useRead<N extends Name>(
  name: N,
  request: Request<N>,
  options: ReadOptions = {},
): UseQueryResult<Response<N>, BackendError> {
  return useQuery<Response<N>, BackendError>({
    queryKey: keyOf(name, request),
    queryFn: () => call(name, request),
    enabled: options.enabled ?? true,
    ...(options.keepPrevious ? { placeholderData: keepPreviousData as never } : {}),
  });
}

export interface ActOptions<N extends Name> extends CallOptions {
  /** Shows the failure in place; without it the failure is told by the frame. */
  onError?: (error: BackendError, request: Request<N>) => void;
  onSuccess?: (response: Response<N>, request: Request<N>) => void;
}

/**
 * An act on the project. What it changes is read anew by whoever shows it; a failure is told to the author by the
 * frame unless `onError` is given. `mutate(request)` for events, `mutateAsync` where the answer matters.
 */
export function useAct<N extends Name>(
  name: N,
  options: ActOptions<N> = {},
): UseMutationResult<Response<N>, BackendError, Request<N>> {
  return useMutation<Response<N>, BackendError, Request<N>>({
    mutationKey: [name],
    mutationFn: (request) => call(name, request, options),
    ...(options.onError ? { onError: options.onError } : {}),
    ...(options.onSuccess ? { onSuccess: options.onSuccess } : {}),
  });
}
