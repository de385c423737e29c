#!/usr/bin/env escript
%% -*- erlang -*-
%% A real Erlang as the other side of the tests of Basix Desktop's reader and writer of terms.
%%
%%   terms.escript write SEED COUNT FILE   makes COUNT terms and writes each as a frame and in words
%%   terms.escript describe IN OUT         reads frames and writes each in words
%%
%% Every record in a file is four bytes of length, then as many bytes. The words say a term's kinds and values
%% without any of the format's own tags: see describe/1, and `described` in the tests.

-mode(compile).

main(["write", Seed, Count, File]) ->
    rand:seed(exsss, list_to_integer(Seed)),
    {ok, Out} = file:open(File, [write, raw, binary, {delayed_write, 1048576, 2000}]),
    repeat(list_to_integer(Count), fun() ->
        Term = term(one_of([0, 0, 0, 1, 1, 1, 2, 2, 3])),
        ok = file:write(Out, [record(frame(Term)), record(describe(Term))])
    end),
    ok = file:close(Out);
main(["describe", In, File]) ->
    {ok, Frames} = file:read_file(In),
    ok = file:write_file(File, [record(describe(binary_to_term(Frame))) || <<Size:32, Frame:Size/binary>> <= Frames]).

repeat(0, _) -> ok;
repeat(Count, Do) -> Do(), repeat(Count - 1, Do).

record(Data) ->
    Bytes = iolist_to_binary(Data),
    [<<(byte_size(Bytes)):32>>, Bytes].

%% Every way in which an Erlang writes: today's, with floats as text, with all atoms in UTF-8, and compressed.
frame(Term) ->
    term_to_binary(Term, one_of([[], [], [{minor_version, 0}], [{minor_version, 2}], [compressed]])).

one_of(Choices) -> lists:nth(rand:uniform(length(Choices)), Choices).

many(Most, Make) -> [Make() || _ <- lists:seq(1, rand:uniform(Most + 1) - 1)].

term(0) ->
    case rand:uniform(9) of
        1 -> one_of([true, false, undefined]);
        2 -> atom();
        3 -> rand:uniform(300) - 1;
        4 -> rand:uniform(1 bsl 33) - (1 bsl 32);
        5 -> big();
        6 -> float();
        7 -> rand:bytes(rand:uniform(40) - 1);
        8 -> unicode:characters_to_binary(text(20));
        9 -> many(30, fun() -> rand:uniform(256) - 1 end)
    end;
term(Depth) ->
    case rand:uniform(7) of
        1 -> term(0);
        2 -> list_to_tuple(many(7, fun() -> term(Depth - 1) end));
        3 -> many(7, fun() -> term(Depth - 1) end);
        4 -> maps:from_list(many(6, fun() -> {key(), term(Depth - 1)} end));
        5 -> list_to_tuple(many(one_of([3, 3, 3, 3, 300]), fun() -> rand:uniform(70000) end));
        6 -> {info_event, "channel", list_to_tuple(many(22, fun() -> term(0) end)), one_of([added, updated, removed])};
        7 -> {bert, one_of([nil, true, false])}
    end.

%% Keys that are equal to none of another kind in a language where 1, 1.0 and true are.
key() ->
    case rand:uniform(3) of
        1 -> list_to_atom("k" ++ text(5));
        2 -> <<"k", (rand:bytes(5))/binary>>;
        3 -> rand:uniform(1 bsl 40)
    end.

atom() -> list_to_atom(text(one_of([1, 20, 255]))).

text(Most) -> many(Most, fun() -> letter() end).

letter() ->
    case rand:uniform(4) of
        1 -> 96 + rand:uniform(26);
        2 -> 160 + rand:uniform(90);
        3 -> 16#3040 + rand:uniform(80);
        4 -> 16#1F600 + rand:uniform(60)
    end.

big() ->
    Magnitude = binary:decode_unsigned(rand:bytes(rand:uniform(16))),
    one_of([Magnitude, -Magnitude]).

float() ->
    <<Float/float>> = <<0:1, (rand:uniform(2046)):11, (rand:uniform(1 bsl 52) - 1):52>>,
    one_of([Float, -Float, 0.0, rand:uniform(), rand:normal()]).

describe(true) -> "T";
describe(false) -> "F";
describe(undefined) -> "U";
describe({bert, nil}) -> "l0()";
describe({bert, true}) -> "T";
describe({bert, false}) -> "F";
describe(Atom) when is_atom(Atom) -> ["a", hex(atom_to_binary(Atom, utf8)), ";"];
describe(Whole) when is_integer(Whole) -> ["i", integer_to_list(Whole), ";"];
describe(Float) when is_float(Float) -> ["f", hex(<<Float/float>>), ";"];
describe(Bytes) when is_binary(Bytes) -> ["b", hex(Bytes), ";"];
describe(Tuple) when is_tuple(Tuple) -> all("t", [describe(Part) || Part <- tuple_to_list(Tuple)]);
describe(Map) when is_map(Map) ->
    all("m", lists:sort([iolist_to_binary([describe(Key), describe(Value)]) || {Key, Value} <- maps:to_list(Map)]));
describe(List) when is_list(List) ->
    IsString = List =/= [] andalso length(List) < 65536 andalso
        lists:all(fun(One) -> is_integer(One) andalso One >= 0 andalso One < 256 end, List),
    case IsString of
        true -> describe(list_to_binary(List));
        false -> all("l", [describe(One) || One <- List])
    end.

all(Kind, Parts) -> [Kind, integer_to_list(length(Parts)), "(", Parts, ")"].

hex(Bytes) -> binary:encode_hex(Bytes).
